// One open server for all browser tests.
import type { TestProject } from 'vitest/node';
import { SaywellServer } from './saywell_server.js';

declare module 'vitest' {
  interface ProvidedContext {
    serverPort: number;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await SaywellServer.start();
  project.provide('serverPort', server.port);
  return () => server.stop();
}

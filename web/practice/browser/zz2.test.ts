import { readFileSync } from 'node:fs';
import { test } from 'vitest';
import { openBrowser, visit, DESKTOP, PHONE, SPEECH_FILE, SPEECH_TEXT, seriousViolations, overhang } from './page.js';
import { RunningServer } from './server.js';
test('shoot', async () => {
  const server = await RunningServer.start();
  const body = new FormData();
  body.set('audio', new Blob([readFileSync(SPEECH_FILE)]), 'a.wav');
  body.set('request', JSON.stringify({ refText: SPEECH_TEXT }));
  const envelope = (await (await fetch(server.url + '/v1/assess', { method: 'POST', body })).json()) as any;
  console.log(envelope.result.overall);
  const browser = await openBrowser(null);
  for (const [name, options] of [['desktop', DESKTOP], ['zh', { ...PHONE, locale: 'zh-CN', colorScheme: 'dark' as const }]] as const) {
    const { page, errors, strangers } = await visit(browser, server.url, { ...options, reducedMotion: 'reduce' });
    const seed = [0, 1, 2].map((i) => ({ recordId: i === 2 ? envelope.recordId : `x${i}`, at: Date.now() - (2 - i) * 86400000, text: SPEECH_TEXT, overall: [71, 83, envelope.result.overall][i], result: envelope.result }));
    await page.evaluate((attempts) => new Promise<void>((resolve) => { const r = indexedDB.open('saywell-practice', 1); r.onsuccess = () => { const t = r.result.transaction('attempts', 'readwrite'); for (const a of attempts) t.objectStore('attempts').put(a); t.oncomplete = () => resolve(); }; }), seed);
    await page.reload();
    await page.locator('.attempt').first().click();
    await page.locator('.read-text .word').nth(4).click();
    await page.locator('.pitch').waitFor();
    await page.locator('.timeline .wave').waitFor();
    await page.waitForTimeout(2000);
    await page.screenshot({ path: `/tmp/page/${name}-seed.png`, fullPage: true });
    console.log(name, errors, strangers, 'overhang', await overhang(page));
    console.log(await seriousViolations(page));
    await page.context().close();
  }
  await browser.close();
  await server.stop();
}, 900000);

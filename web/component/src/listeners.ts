// Listeners of one object's events.

export class Listeners<Events> {
  private readonly byName = new Map<keyof Events, Set<(event: never) => void>>();

  on<K extends keyof Events>(name: K, listener: (event: Events[K]) => void): () => void {
    if (typeof listener !== 'function') throw new TypeError(`on(${String(name)}): a function is expected`);
    let set = this.byName.get(name);
    if (!set) this.byName.set(name, (set = new Set()));
    set.add(listener);
    return () => this.off(name, listener);
  }

  off<K extends keyof Events>(name: K, listener: (event: Events[K]) => void): void {
    this.byName.get(name)?.delete(listener);
  }

  /** A listener that throws disturbs neither the others nor the component. */
  emit<K extends keyof Events>(name: K, event: Events[K]): void {
    for (const listener of [...(this.byName.get(name) ?? [])]) {
      try {
        (listener as (event: Events[K]) => void)(event);
      } catch (error) {
        reportError(error);
      }
    }
  }

  clear(): void {
    this.byName.clear();
  }
}

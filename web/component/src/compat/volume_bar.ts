// In the place of the Flash object: a meter of the microphone's level, which pages show, hide and make transparent.
import type { Level } from '../types.js';

export class VolumeBar {
  private readonly meter = document.createElement('meter');

  /** Without an element of this id there is no bar. */
  constructor(
    private readonly holder: HTMLElement | null,
    width: number | string | undefined,
    height: number | string | undefined,
  ) {
    this.meter.max = 1;
    this.meter.setAttribute('aria-hidden', 'true');
    if (width !== undefined) this.meter.style.width = `${Number.parseFloat(String(width))}px`;
    if (height !== undefined) this.meter.style.height = `${Number.parseFloat(String(height))}px`;
    holder?.append(this.meter);
  }

  set level({ meter }: Level) {
    this.meter.value = meter;
  }

  setOpacity(opacity: number): void {
    if (this.holder) this.holder.style.opacity = String(opacity);
  }

  setShown(shown: boolean): void {
    if (this.holder) this.holder.style.display = shown ? '' : 'none';
  }

  setMeterShown(shown: boolean): void {
    this.meter.style.display = shown ? '' : 'none';
  }

  remove(): void {
    this.meter.remove();
  }
}

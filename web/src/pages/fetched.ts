// Code that a page fetches when it is needed.
import { notice } from "../dom.js";

export class Fetched<T> {
  private code: T | null = null;
  private isUnderWay = false;

  /** `there`: called once it has come. */
  constructor(
    private readonly load: () => Promise<T>,
    private readonly there: () => void,
  ) {}

  /** Null until it is there; where it couldn't be fetched, the next call tries again. */
  get(): T | null {
    if (!this.code && !this.isUnderWay) void this.start();
    return this.code;
  }

  private async start(): Promise<void> {
    this.isUnderWay = true;
    try {
      this.code = await this.load();
    } catch {
      return notice("A part of this page can't be loaded. Reload the page to try again.", "error");
    } finally {
      this.isUnderWay = false;
    }
    this.there();
  }
}

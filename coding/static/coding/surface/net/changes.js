/**
 * What others do, asked for every few seconds while somebody looks: soon after news, slower when
 * nothing happens, quiet when the server does not answer.
 */

import { isAnothers } from "./api.js";

const SHORTEST_MS = 3_000;
const LONGEST_MS = 12_000;
const LONGEST_TROUBLED_MS = 60_000;

export class Changes {
  /**
   * @param take (delta) => void, with delta {codings, removed, codes, coders?, removed_codes?}
   * @param revision of the text on the page; offsets of any other mean nothing here
   * @param corrected () => void when the text is another one by now: nothing is asked any more
   * @param anothers () => void when somebody else has signed in
   */
  constructor({ api, study, document, revision, cursor, take, corrected, anothers }) {
    Object.assign(this, { api, study, documentId: document, revision, cursor, take, corrected, anothers });
    this.pause = SHORTEST_MS;
    this.timer = null;
    this.asking = false;
  }

  start() {
    document.addEventListener("visibilitychange", () => this.wake());
    addEventListener("online", () => this.wake());
    this.schedule();
  }

  wake() {
    clearTimeout(this.timer);
    this.pause = SHORTEST_MS;
    if (!document.hidden) this.ask();
  }

  schedule() {
    clearTimeout(this.timer);
    if (!document.hidden) this.timer = setTimeout(() => this.ask(), this.pause);
  }

  async ask() {
    if (this.asking || !this.cursor) return;
    this.asking = true;
    const query = new URLSearchParams({ after: this.cursor, document: this.documentId });
    const answer = await this.api.get(`studies/${this.study}/changes?${query}`);
    const { status, body } = answer;
    this.asking = false;
    if (isAnothers(answer)) this.anothers();
    if (status === 200 && body) this.hear(body);
    else this.pause = Math.min(LONGEST_TROUBLED_MS, this.pause * 2);
    this.schedule();
  }

  hear(delta) {
    if (delta.revision && delta.revision !== this.revision) {
      this.cursor = null;
      this.corrected();
      return;
    }
    const news = [delta.codings, delta.removed, delta.codes, delta.removed_codes].some((list) => list?.length);
    this.pause = news ? SHORTEST_MS : Math.min(LONGEST_MS, this.pause * 1.15);
    this.cursor = delta.cursor;
    if (news) this.take(delta);
  }
}

/**
 * The recording above the text: play from a turn, follow along, go round in a turn. It is there
 * only when the document's interview has a recording, and nothing plays unless it is asked to.
 *
 * `recording` of the page's data: {src, kind: audio | video, ms | null, peaks: [0..255]}.
 * `<time data-ms>` of a turn becomes a button.
 */

import { clock, otherSpeed, Sound, SPEEDS, stepped, ticksPath, wavePath } from "../model/sound.js";
import { say } from "../model/wording.js";
import { element } from "../rendering/element.js";
import { hintOf } from "../selection/keys.js";

const SVG = "http://www.w3.org/2000/svg";
const SCROLLING = new Set(["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown", " "]);
const FOOT = 96;
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

function picture(className, box, path) {
  const svg = document.createElementNS(SVG, "svg");
  const drawn = document.createElementNS(SVG, "path");
  svg.setAttribute("class", className);
  svg.setAttribute("viewBox", box);
  svg.setAttribute("preserveAspectRatio", "none");
  drawn.setAttribute("d", path);
  svg.append(drawn);
  return svg;
}

export class Player {
  constructor({ host, recording, turns, selection, settings, voice }) {
    Object.assign(this, { host, recording, turns, selection, settings, voice });
    this.sound = new Sound(turns.list.flatMap((turn) => {
      const time = turn.section.querySelector("time[data-ms]");
      return time ? [[Number(time.dataset.ms), turn]] : [];
    }));
    this.now = null;
    this.round = null;
    this.following = true;
    this.does = {
      soundPlay: () => this.toggle(),
      soundBack: () => this.step(-1),
      soundForward: () => this.step(1),
      soundTurn: () => this.playTurn(),
      soundLoop: () => this.loop(),
      soundSlower: () => this.faster(-1),
      soundFaster: () => this.faster(1),
    };
    this.build();
    this.timeCodes();
    this.listen();
    this.setSpeed(settings.get("speed") ?? 1);
    this.lengthen();
  }

  build() {
    const { recording } = this;
    this.media = element(recording.kind, {
      // Without a length the bar could not say how far it reaches.
      src: recording.src, preload: recording.ms ? "none" : "metadata", "aria-label": say("sound.title"), playsinline: recording.kind === "video",
    });
    const button = (act, name, props, ...inside) => {
      const key = hintOf(act, this.settings.get("letterKeys"));
      return element("button", { type: "button", "aria-label": name, title: key ? `${name} (${key})` : name, on: { click: () => this.does[act]() }, ...props }, ...inside);
    };
    this.playButton = button("soundPlay", say("sound.play"), { class: "player-play" }, element("span", { class: "player-sign" }));
    this.loopButton = button("soundLoop", say("sound.round"), { class: "player-loop", "aria-pressed": "false", text: say("sound.round") });
    this.speed = element("select", { "aria-label": say("sound.speed"), on: { change: () => this.setSpeed(Number(this.speed.value)) } },
      ...SPEEDS.map((speed) => element("option", { value: speed, text: `${speed.toLocaleString(document.documentElement.lang)}×` })));
    this.clock = element("span", { class: "player-clock" });
    this.seek = element("input", { type: "range", min: 0, step: 1, "aria-label": say("sound.position"), on: { input: () => this.moved() } });
    this.track = element("div", { class: "player-track" });
    this.again = element("button", { type: "button", class: "player-again", hidden: true, text: say("sound.again"), on: { click: () => this.follow() } });
    this.fault = element("p", { class: "player-fault", role: "alert" });
    this.bar = element("div", { class: "player", role: "group", "aria-label": say("sound.title") },
      this.media,
      element("div", { class: "player-acts" },
        button("soundBack", say("sound.back"), { text: "−5 s" }), this.playButton, button("soundForward", say("sound.forward"), { text: "+5 s" })),
      this.track, this.clock, this.loopButton, this.speed, this.again, this.fault);
    this.host.prepend(this.bar);
    // Where the text begins below it, and where a turn comes to stand.
    new ResizeObserver(() => this.host.style.setProperty("--player", `${this.bar.offsetHeight}px`)).observe(this.bar);
  }

  timeCodes() {
    for (const { turn } of this.sound.spans) {
      const time = turn.section.querySelector("time[data-ms]");
      const from = say("sound.from", { time: time.textContent });
      time.replaceChildren(element("button", { type: "button", class: "turn-play", "aria-label": from, text: time.textContent }));
    }
    this.turns.article.addEventListener("click", (event) => {
      const pressed = event.target.closest(".turn-play");
      if (pressed) this.playFrom(this.turns.bySection.get(pressed.closest(".turn")));
    });
  }

  listen() {
    const { media } = this;
    for (const type of ["play", "pause", "ended"]) media.addEventListener(type, () => this.show());
    for (const type of ["timeupdate", "seeked"]) media.addEventListener(type, () => this.tell());
    media.addEventListener("durationchange", () => this.lengthen());
    media.addEventListener("error", () => (this.fault.textContent = say("sound.fault")));
    // What a person does to scroll; scrolling itself may be ours.
    for (const type of ["wheel", "touchmove"]) addEventListener(type, () => this.leave(), { passive: true });
    addEventListener("mousedown", (event) => {
      if (event.clientX >= document.documentElement.clientWidth || event.target.closest(".strip")) this.leave();
    });
    addEventListener("keydown", ({ key, target }) => SCROLLING.has(key) && !this.bar.contains(target) && !target.closest("button") && this.leave());
    this.show();
  }

  get total() {
    const { duration } = this.media;
    return Number.isFinite(duration) ? duration : this.recording.ms ? this.recording.ms / 1000 : this.sound.least + 60;
  }

  lengthen() {
    this.seek.max = Math.ceil(this.total);
    const { peaks } = this.recording;
    const wave = () => picture("player-wave", `0 0 ${peaks.length} 2`, wavePath(peaks));
    const played = element("div", { class: "player-played" }, peaks.length ? wave() : null);
    const starts = this.sound.spans.map(({ start }) => start);
    this.track.replaceChildren(...(peaks.length ? [wave()] : []), played, picture("player-ticks", "0 0 1000 1", ticksPath(starts, this.total)), this.seek);
    this.track.toggleAttribute("data-wave", peaks.length > 0);
    this.tell();
  }

  toggle() {
    if (this.media.paused) this.play();
    else this.media.pause();
  }

  play() {
    this.fault.textContent = "";
    // What cannot be played tells of it by an event of its own.
    this.media.play().catch(() => this.show());
  }

  /** From where a turn begins; another one than is gone round in becomes that one. */
  playFrom(turn) {
    const span = this.sound.byTurn.get(turn);
    if (!span) return;
    if (this.round) this.round = span;
    this.go(span.start);
    this.follow();
    this.play();
  }

  /** The turn that the reader stands in, or the nearest one before it with a time code. */
  playTurn() {
    const held = document.activeElement?.closest?.(".turn");
    let turn = held ? this.turns.bySection.get(held) : this.turns.at(this.selection.point);
    while (turn && !this.sound.byTurn.has(turn)) turn = this.turns.list[turn.index - 1];
    if (turn) this.playFrom(turn);
  }

  step(direction) {
    this.go(stepped(this.media.currentTime, direction, this.total));
  }

  go(seconds) {
    this.media.currentTime = seconds;
    if (this.round && (seconds < this.round.start || seconds >= this.round.end)) this.setRound(this.sound.at(seconds));
    this.tell(seconds);
  }

  moved() {
    this.go(Number(this.seek.value));
    this.seek.setAttribute("aria-valuetext", this.told(Number(this.seek.value)));
  }

  loop() {
    this.setRound(this.round ? null : this.sound.at(this.media.currentTime));
    this.voice.say(say(this.round ? "sound.roundOn" : "sound.roundOff"));
  }

  setRound(span) {
    this.round = span;
    this.loopButton.setAttribute("aria-pressed", String(span !== null));
  }

  faster(direction) {
    this.setSpeed(otherSpeed(this.media.playbackRate, direction));
    this.voice.soon(`${say("sound.speed")} ${this.speed.selectedOptions[0].textContent}`);
  }

  setSpeed(speed) {
    const known = SPEEDS.includes(speed) ? speed : 1;
    this.media.defaultPlaybackRate = this.media.playbackRate = known;
    this.speed.value = String(known);
    this.settings.set("speed", known);
  }

  told(seconds) {
    return say("sound.of", { at: clock(seconds), total: clock(this.total) });
  }

  show() {
    const { paused } = this.media;
    this.playButton.setAttribute("aria-label", say(paused ? "sound.play" : "sound.pause"));
    this.bar.toggleAttribute("data-playing", !paused);
    this.offer();
  }

  /** Where it is now: in the bar, and in the text. */
  tell(at = this.media.currentTime) {
    if (this.round && at >= this.round.end && !this.media.paused) {
      this.media.currentTime = at = this.round.start;
    }
    const share = Math.min(1, at / this.total);
    this.track.style.setProperty("--at", `${share * 100}%`);
    this.clock.textContent = `${clock(at)} / ${clock(this.total)}`;
    if (document.activeElement !== this.seek) {
      this.seek.value = at;
      this.seek.setAttribute("aria-valuetext", this.told(at));
    }
    // Before anything was played no turn is the one.
    const turn = this.media.played.length || !this.media.paused || at ? (this.sound.at(at)?.turn ?? null) : null;
    if (turn !== this.now) this.mark(turn);
  }

  mark(turn) {
    this.now?.section.removeAttribute("data-playing");
    this.now?.section.querySelector(".turn-play").removeAttribute("aria-current");
    this.now = turn;
    if (!turn) return;
    turn.section.setAttribute("data-playing", "");
    turn.section.querySelector(".turn-play").setAttribute("aria-current", "true");
    if (this.following && !this.media.paused) this.reveal();
  }

  reveal() {
    const { section } = this.now;
    const { top, height } = section.getBoundingClientRect();
    const seen = top >= this.bar.getBoundingClientRect().bottom && top + Math.min(height, FOOT) <= innerHeight - FOOT;
    if (!seen) section.scrollIntoView({ block: "start", behavior: CALM.matches ? "instant" : "smooth" });
  }

  /** The person looks elsewhere. */
  leave() {
    if (this.media.paused) return;
    this.following = false;
    this.offer();
  }

  follow() {
    this.following = true;
    this.offer();
    if (this.now) this.reveal();
  }

  offer() {
    this.again.hidden = this.following || this.media.paused;
  }
}

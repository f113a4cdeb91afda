// How far the room has seen a story. What lies ahead stays hidden until it is reached or shown.

export class Seen {
  /** @param {number} quarters */
  constructor(quarters) {
    this.quarters = quarters;
    /** The furthest position reached, in quarters from 0. */
    this.far = 0;
    /** What the story is: another place, scenario or world is another story. */
    this.story = "";
  }

  /**
   * A story is on the stage; true where it is a new one, of which nothing has been seen.
   * @param {string} story
   */
  begin(story) {
    if (story === this.story) return false;
    this.story = story;
    this.far = 0;
    return true;
  }

  /**
   * The room has seen everything up to a position.
   * @param {number} position
   */
  reach(position) {
    this.far = Math.max(this.far, Math.min(this.quarters - 1, position));
  }

  showAll() {
    this.far = this.quarters - 1;
  }

  /** Whether the ending has been seen. */
  get ended() {
    return this.far >= this.quarters - 1;
  }
}

/**
 * The story of a state: its place, world and starting points. Levers moved since, and a branch beside it, do not make it another.
 * @param {import("stage/session/store.js").State} state
 * @param {string} place
 */
export const storyOf = ({ A, B, seed }, place) => [place, seed, A.preset, B && B.preset !== A.preset ? B.preset : ""].join(" ");

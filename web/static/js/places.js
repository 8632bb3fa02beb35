// Where each card stands. A card keeps its place for as long as its job goes on, so that nothing moves under the eye; one
// that has ended gives its place to new work, and stands at the end from then on.

export class Places {
  constructor() {
    this.order = []; // {id, turn}: a job that changes its place is another card there
  }

  /** The jobs in the order of their places, each with the key of its card. */
  arrange(jobs) {
    const byId = new Map(jobs.map((job) => [job.job_id, job]));
    const known = new Set(this.order.map((place) => place.id));
    const added = jobs.filter((job) => !known.has(job.job_id));
    const places = this.order.map((place) => (byId.has(place.id) ? place : null));
    const ended = (place) => place === null || byId.get(place.id).outcome !== null;
    for (const job of added) {
      const place = { id: job.job_id, turn: 0 };
      const free = job.outcome === null ? places.findIndex(ended) : places.indexOf(null);
      if (free < 0) places.push(place);
      else {
        const [before] = places.splice(free, 1, place);
        if (before) places.push({ id: before.id, turn: before.turn + 1 });
      }
    }
    this.order = places.filter((place) => place !== null);
    return this.order.map(({ id, turn }) => ({ ...byId.get(id), key: `${id} ${turn}` }));
  }
}

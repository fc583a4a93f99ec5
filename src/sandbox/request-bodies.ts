/** Reads the bodies of requests, and gives each once all earlier ones have been read: requests keep their order. */
export class RequestBodies {
  #earlier: Promise<unknown> = Promise.resolve();

  /** Rejects as `request.arrayBuffer()` does; those that come later go on. */
  async read(request: Request): Promise<Uint8Array<ArrayBuffer>> {
    const body = request.arrayBuffer();
    const turn = Promise.all([body, this.#earlier]);
    this.#earlier = turn.catch(() => undefined);
    const [bytes] = await turn;
    return new Uint8Array(bytes);
  }
}

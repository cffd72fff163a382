/** Whoever carries text messages to telephones. */
export interface TextChannel {
  /** True for the sandbox: what is sent is only kept, and shown on its page. */
  readonly isSandbox: boolean;
  /** Hands one text over; throws when it was not taken, then it is tried again later. */
  deliver(text: { telephone: string; text: string }): Promise<void>;
}

/** Sends nothing: the row that waits to be sent is the outbox people look at. */
export function sandboxTextChannel(): TextChannel {
  return { isSandbox: true, deliver: async () => undefined };
}

/** Values that the sentence of a refusal may name. Never personal data: refusals are logged. */
export type RefusalParams = Record<string, string | number>;

/**
 * An expected "no": the rule that said it has a code, and the registry in packages/contract has its
 * sentence in every language and its HTTP status. Anything else thrown is a bug or an outage.
 */
export class Refusal extends Error {
  readonly code: string;
  readonly params: RefusalParams;
  /** The input field the sentence belongs beside, as a path (`amountYuan`), or null for the whole form. */
  readonly field: string | null;

  constructor(code: string, params: RefusalParams = {}, field: string | null = null) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.params = params;
    this.field = field;
  }
}

/** True for a refusal, also one that crossed a package boundary. */
export function isRefusal(thrown: unknown): thrown is Refusal {
  return thrown instanceof Refusal;
}

/** Codes the web itself gives when no answer of the server could be had. */
export type LocalCode = 'network' | 'unreadable';

/** What a call ends with when it does not succeed: the server's refusal, an outage, or a lost network. */
export class ApiRefusal extends Error {
  readonly code: string;
  /** The input field the sentence belongs beside (`amountYuan`, `payees.0.name`), or null for the whole form. */
  readonly field: string | null;
  /** HTTP status; 0 when the server was not reached. */
  readonly status: number;

  constructor(code: string, message: string, field: string | null, status: number) {
    super(message);
    this.name = 'ApiRefusal';
    this.code = code;
    this.field = field;
    this.status = status;
  }

  /** All of it, also the sentence, which JSON would leave out of an Error. */
  toJSON() {
    return { code: this.code, message: this.message, field: this.field, status: this.status };
  }

  /** True when trying the same thing again later may succeed: nothing was decided. */
  get passing(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}

/** Reads the body of a failed answer; tolerates a proxy's page that is not JSON. */
export function refusalFrom(status: number, body: unknown): ApiRefusal {
  const { code, message, field } = (
    typeof body === 'object' && body !== null ? ('error' in body ? body.error : body) : {}
  ) as { code?: unknown; message?: unknown; field?: unknown };
  return new ApiRefusal(
    typeof code === 'string' ? code : 'unreadable',
    typeof message === 'string' ? message : '',
    typeof field === 'string' ? field : null,
    status,
  );
}

/** The refusal inside whatever was thrown; an unknown fault becomes an `unreadable` one. */
export function asRefusal(thrown: unknown): ApiRefusal {
  return thrown instanceof ApiRefusal ? thrown : new ApiRefusal('unreadable', '', null, -1);
}

/** A failure that whoever runs the installation can understand and act on, in both languages. */
export class PlainError extends Error {
  constructor(chinese: string, english: string) {
    super(`${chinese}\n${english}`);
    this.name = 'PlainError';
  }
}

/** Shows how far a long piece of work is, in a unit of its own. */
export interface Progress {
  to(done: number, total?: number): void;
  end(): void;
}

/** Makes a progress for one part of the work. */
export type ShowProgress = (label: string, total: number) => Progress;

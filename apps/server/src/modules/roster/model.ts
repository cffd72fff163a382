import type { LinkageModel } from '@wennuan/linkage';

/** A learned model as text, for the vault: it counts names. */
export function packModel(model: LinkageModel): string {
  return JSON.stringify(model, (_, value: unknown) =>
    value instanceof Map ? { counts: [...(value as Map<string, number>)] } : value,
  );
}

/** The model of a text made by {@link packModel}. */
export function unpackModel(text: string): LinkageModel {
  return JSON.parse(text, (_, value: unknown) =>
    isCounts(value) ? new Map(value.counts) : value,
  ) as LinkageModel;
}

function isCounts(value: unknown): value is { counts: [string, number][] } {
  return value !== null && typeof value === 'object' && 'counts' in value;
}

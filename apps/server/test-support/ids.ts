const IDS = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{32,}/gi;

/** A text without ids and hashes: random digits that nobody reads as a sum or a date, and that may look like any. */
export const withoutIds = (text: string): string => text.replaceAll(IDS, ' ');

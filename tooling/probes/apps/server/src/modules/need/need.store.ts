export type Need = { id: string };

export const contract = 3;

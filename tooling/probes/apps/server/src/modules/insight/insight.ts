export const insight = 1;
export const secretOfInsight = 2;

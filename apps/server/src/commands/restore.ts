export async function runRestore(file: string, options: object): Promise<void> {}

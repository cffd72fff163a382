/**
 * Runs a write of a form that carries a form id. When the same form was sent twice at the same moment, the
 * second meets the unique form id of the first: it is run once more and then finds what the first made.
 */
export async function sentOnce<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (thrown) {
    const { code, constraint } = thrown as { code?: string; constraint?: string };
    if (code !== '23505' || !constraint?.endsWith('_form_once')) throw thrown;
    return await write();
  }
}

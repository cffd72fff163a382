const YEAR_SECONDS = 31_536_000;

/** Reads one cookie of a `Cookie` header or of `document.cookie`; null when it is not there. */
export function readCookie(header: string, name: string): string | null {
  for (const part of header.split(';')) {
    const [key, value] = part.trim().split('=');
    if (key === name && value !== undefined) return decodeURIComponent(value);
  }
  return null;
}

/** Keeps a preference of the reader for a year; the server reads it when it renders a page. */
export function writePreference(name: 'lang' | 'elder', value: string) {
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}

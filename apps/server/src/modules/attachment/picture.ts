import { Refusal } from '@wennuan/basics';
import sharp from 'sharp';

export const PICTURE_MOST_MEGABYTES = 12;
/** More than a telephone's camera makes; a picture of one colour with a billion pixels is a few kilobytes. */
const MOST_MEGAPIXELS = 64;
/** Nothing can be seen on less. */
const LEAST_PIXELS = 8;
const FULL_PIXELS = 1_600;
const SMALL_PIXELS = 400;
const MOST_SECONDS = 20;

/** A picture as it is kept: JPEG, upright, without any metadata. */
export interface Picture {
  readonly full: Buffer;
  readonly small: Buffer;
  readonly widthPixels: number;
  readonly heightPixels: number;
}

/** What the first bytes say the file is; a name or a declared type says nothing. */
export function sniff(bytes: Buffer): 'jpeg' | 'png' | 'webp' | null {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'jpeg';
  if (bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))) return 'png';
  const isRiff = bytes.toString('latin1', 0, 4) === 'RIFF';
  return isRiff && bytes.toString('latin1', 8, 12) === 'WEBP' ? 'webp' : null;
}

/**
 * Draws a picture anew: upright as its EXIF says, at most 1600 pixels a side and a small one of 400,
 * on white, as JPEG. Place, camera, thumbnails and whatever hung behind the picture stay behind.
 * Refuses `picture_too_large`, `picture_unreadable` (another kind of file, damaged, cut short) and
 * `picture_too_many_pixels`.
 */
export async function redraw(bytes: Buffer): Promise<Picture> {
  if (bytes.length > PICTURE_MOST_MEGABYTES * 1024 * 1024)
    throw new Refusal('picture_too_large', { mostMegabytes: PICTURE_MOST_MEGABYTES });
  const kind = sniff(bytes);
  if (!kind) throw new Refusal('picture_unreadable');
  try {
    await checkHeader(bytes, kind);
    const { data, info } = await sharp(bytes, {
      failOn: 'error',
      limitInputPixels: MOST_MEGAPIXELS * 1_000_000,
    })
      .autoOrient()
      .resize(FULL_PIXELS, FULL_PIXELS, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 82 })
      .timeout({ seconds: MOST_SECONDS })
      .toBuffer({ resolveWithObject: true });
    const small = await sharp(data)
      .resize(SMALL_PIXELS, SMALL_PIXELS, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 76 })
      .toBuffer();
    return { full: data, small, widthPixels: info.width, heightPixels: info.height };
  } catch (thrown) {
    if (thrown instanceof Refusal) throw thrown;
    throw new Refusal('picture_unreadable');
  }
}

/** Looks at the header alone, before a single pixel is unpacked. */
async function checkHeader(bytes: Buffer, kind: string): Promise<void> {
  const { format, width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
  if (format !== kind || Math.min(width, height) < LEAST_PIXELS)
    throw new Refusal('picture_unreadable');
  if (width * height > MOST_MEGAPIXELS * 1_000_000)
    throw new Refusal('picture_too_many_pixels', { mostMegapixels: MOST_MEGAPIXELS });
}

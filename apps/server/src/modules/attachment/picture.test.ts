import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { redraw, sniff } from './picture.ts';

const plain = (width = 60, height = 40) =>
  sharp({ create: { width, height, channels: 3, background: '#c0392b' } });
const noisy = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  });

/** A PNG whose header claims any size, whatever its data holds. */
function pngClaiming(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(Math.min(width * height + height, 1_000_000)))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('what a picture loses', () => {
  test('place, camera and note of its EXIF', async () => {
    const bytes = await plain()
      .withExif({
        IFD0: { Make: 'CANARY-CAMERA', Copyright: 'CANARY-NAME', ImageDescription: 'CANARY-NOTE' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '34/1 45/1 30/1', GPSLongitudeRef: 'E' },
      })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">CANARY-XMP</x:xmpmeta>')
      .jpeg()
      .toBuffer();
    expect(bytes.toString('latin1')).toMatch(/CANARY-CAMERA/);
    expect((await sharp(bytes).metadata()).exif).toBeDefined();
    const picture = await redraw(bytes);
    for (const made of [picture.full, picture.small]) {
      const metadata = await sharp(made).metadata();
      expect([metadata.exif, metadata.xmp, metadata.iptc, metadata.icc]).toEqual(
        Array(4).fill(undefined),
      );
      expect(made.toString('latin1')).not.toMatch(/CANARY|Exif/);
    }
  });

  test('what hangs behind it: a page, an archive, a script', async () => {
    const tail = Buffer.from('<script>alert("CANARY")</script>PK\u0003\u0004CANARY');
    const polyglot = Buffer.concat([await plain().jpeg().toBuffer(), tail]);
    const { full } = await redraw(polyglot);
    expect(full.toString('latin1')).not.toMatch(/CANARY|script/);
    expect(full.subarray(-2).toString('hex')).toBe('ffd9');
  });

  test('its transparency, on white', async () => {
    const clear = await sharp({
      create: { width: 20, height: 20, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    const { full } = await redraw(clear);
    const { channels } = await sharp(full).stats();
    expect(channels.map((channel) => channel.min > 250)).toEqual([true, true, true]);
  });
});

test('it stands upright as its camera meant it', async () => {
  const lying = await plain(60, 40).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  expect(await redraw(lying)).toMatchObject({ widthPixels: 40, heightPixels: 60 });
});

test('large ones shrink to 1600 and 400, small ones do not grow', async () => {
  const large = await redraw(await noisy(3_200, 2_400).jpeg({ quality: 60 }).toBuffer());
  expect(large).toMatchObject({ widthPixels: 1_600, heightPixels: 1_200 });
  expect(await sharp(large.small).metadata()).toMatchObject({ width: 400, height: 300 });
  expect(await redraw(await plain().webp().toBuffer())).toMatchObject({
    widthPixels: 60,
    heightPixels: 40,
  });
});

test('the content decides, not the name: a PNG called .jpg is a picture', async () => {
  const png = await plain().png().toBuffer();
  expect(sniff(png)).toBe('png');
  expect((await sharp((await redraw(png)).full).metadata()).format).toBe('jpeg');
});

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="50" height="50"><script>1</script></svg>';
test.each([
  ['an empty file', async () => Buffer.alloc(0)],
  ['a page', async () => Buffer.from('<!doctype html><title>x</title>')],
  ['an SVG', async () => Buffer.from(svg)],
  [
    'an SVG that begins like a JPEG',
    async () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(svg)]),
  ],
  ['a GIF', async () => await plain().gif().toBuffer()],
  ['a TIFF', async () => await plain().tiff().toBuffer()],
  ['an AVIF', async () => await plain().avif().toBuffer()],
  ['a PDF', async () => Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj')],
  [
    'the first bytes of a PNG and then zeros',
    async () => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(500)]),
  ],
  ['a JPEG cut short', async () => (await noisy(600, 400).jpeg().toBuffer()).subarray(0, 20_000)],
  ['a PNG cut short', async () => (await noisy(600, 400).png().toBuffer()).subarray(0, 20_000)],
  ['a WebP cut short', async () => (await noisy(600, 400).webp().toBuffer()).subarray(0, 9_000)],
  ['a PNG one pixel wide', async () => pngClaiming(1, 60_000)],
  ['a PNG of one pixel', async () => pngClaiming(1, 1)],
])('refuses %s', async (_, make) => {
  await expect(redraw(await make())).rejects.toMatchObject({ code: 'picture_unreadable' });
});

test.each([
  [30_000, 30_000],
  [65_535, 1_000],
  [2_147_483_647, 8],
])('refuses a bomb of %i × %i pixels by its header', async (width, height) => {
  const bomb = pngClaiming(width, height);
  expect(bomb.length).toBeLessThan(20_000);
  const refused = await redraw(bomb).catch((thrown: { code: string }) => thrown.code);
  expect(['picture_too_many_pixels', 'picture_unreadable']).toContain(refused);
});

test('a bomb within what PNG allows is named as such', async () => {
  await expect(redraw(pngClaiming(30_000, 30_000))).rejects.toMatchObject({
    code: 'picture_too_many_pixels',
    params: { mostMegapixels: 64 },
  });
});

test('refuses more than 12 MB before looking at it', async () => {
  const large = Buffer.concat([await plain().jpeg().toBuffer(), Buffer.alloc(12 * 1024 * 1024)]);
  await expect(redraw(large)).rejects.toMatchObject({
    code: 'picture_too_large',
    params: { mostMegabytes: 12 },
  });
});

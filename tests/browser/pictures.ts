import sharp from 'sharp';

/** What is hidden in the pictures people send: where it was taken, with what, by whom. */
export const HIDDEN = 'ZHENGZHOU-CAMERA';

/** A photo as a telephone takes it, with place and camera in its metadata. */
export async function photo(name: string, colour: string) {
  const buffer = await sharp({
    create: { width: 1600, height: 1200, channels: 3, background: colour },
  })
    .withExif({
      IFD0: { Make: HIDDEN, Copyright: HIDDEN },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '34/1 45/1 30/1', GPSLongitudeRef: 'E' },
    })
    .jpeg()
    .toBuffer();
  return { name: `${name}.jpg`, mimeType: 'image/jpeg', buffer };
}

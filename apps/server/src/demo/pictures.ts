import sharp from 'sharp';

/** Pictures of things by what they show. Of things, never of persons. */
export type Things = Map<string, Buffer>;

const shapes: Record<string, string> = {
  fan: '<circle cx="320" cy="190" r="120" fill="none" stroke="#345" stroke-width="10"/><path d="M320 190 q60-110 90-20 q-20 60-90 20 q60 90-40 100 q-50-20 40-100 q-110 0-90-80 q40-50 90 80" fill="#7ab"/><rect x="308" y="310" width="24" height="100" fill="#456"/><rect x="240" y="405" width="160" height="22" rx="11" fill="#345"/>',
  cooker:
    '<rect x="190" y="190" width="260" height="190" rx="50" fill="#e8e2d8"/><rect x="180" y="170" width="280" height="50" rx="25" fill="#b9c4c9"/><rect x="300" y="140" width="40" height="34" rx="10" fill="#556"/><circle cx="320" cy="320" r="24" fill="#c95"/>',
  quilt:
    '<rect x="140" y="230" width="360" height="60" rx="28" fill="#d98a7a"/><rect x="150" y="290" width="340" height="60" rx="28" fill="#e7b7a3"/><rect x="140" y="350" width="360" height="60" rx="28" fill="#d98a7a"/>',
  cane: '<path d="M320 390 V170 q0-50-50-50 h-20" fill="none" stroke="#865" stroke-width="18" stroke-linecap="round"/><path d="M260 400 h120 M270 400 v20 M370 400 v20" stroke="#433" stroke-width="14"/>',
  bag: '<rect x="210" y="160" width="220" height="250" rx="50" fill="#5a83b8"/><rect x="240" y="280" width="160" height="100" rx="20" fill="#436a9c"/><path d="M270 165 q50-70 100 0" fill="none" stroke="#357" stroke-width="16"/>',
  lamp: '<path d="M250 120 h140 l50 110 h-240 z" fill="#e6b34d"/><rect x="311" y="230" width="18" height="150" fill="#667"/><rect x="230" y="380" width="180" height="26" rx="13" fill="#556"/>',
  bed: '<rect x="130" y="270" width="380" height="60" rx="14" fill="#9db5a0"/><rect x="140" y="230" width="110" height="44" rx="18" fill="#f3efe6"/><path d="M160 330 v80 M480 330 v80" stroke="#566" stroke-width="16"/>',
  books:
    '<rect x="190" y="330" width="260" height="50" fill="#b65"/><rect x="210" y="280" width="240" height="50" fill="#5a8"/><rect x="180" y="230" width="250" height="50" fill="#57a"/><rect x="205" y="180" width="220" height="50" fill="#ca5"/>',
  wheelchair:
    '<circle cx="300" cy="340" r="80" fill="none" stroke="#345" stroke-width="14"/><circle cx="430" cy="385" r="34" fill="none" stroke="#345" stroke-width="12"/><path d="M240 140 v130 h160 l20 80" fill="none" stroke="#57a" stroke-width="20"/>',
  kettle:
    '<path d="M220 390 l30-190 h140 l30 190 z" fill="#c8d0d4"/><path d="M400 230 q90 10 40 110" fill="none" stroke="#445" stroke-width="18"/><rect x="290" y="170" width="60" height="30" rx="12" fill="#445"/>',
  scissors:
    '<circle cx="260" cy="350" r="46" fill="none" stroke="#a55" stroke-width="16"/><circle cx="380" cy="350" r="46" fill="none" stroke="#a55" stroke-width="16"/><path d="M285 312 L390 130 M355 312 L250 130" stroke="#778" stroke-width="16"/>',
  paper:
    '<rect x="210" y="110" width="220" height="300" fill="#fdfbf4" stroke="#bbb" stroke-width="4"/><path d="M240 160 h160 M240 200 h160 M240 240 h120 M240 280 h150 M240 320 h90" stroke="#99a" stroke-width="8"/><circle cx="390" cy="365" r="30" fill="none" stroke="#c55" stroke-width="7"/>',
  box: '<path d="M180 220 l140-60 140 60 v150 l-140 60 -140-60 z" fill="#d2a673"/><path d="M180 220 l140 60 140-60 M320 280 v150" fill="none" stroke="#a67c4d" stroke-width="8"/>',
};
const alike: Record<string, string> = {
  blanket: 'quilt',
  coat: 'quilt',
  cushion: 'quilt',
  stool: 'bed',
  desk: 'bed',
  rack: 'cane',
  heater: 'fan',
  washer: 'cooker',
  fridge: 'box',
  sack: 'box',
  shoes: 'box',
  meter: 'cooker',
  phone: 'box',
  radio: 'box',
  pencils: 'books',
  alarm: 'lamp',
  bicycle: 'wheelchair',
  tap: 'kettle',
  bucket: 'kettle',
  card: 'paper',
};
const WALLS = ['#f4ecdf', '#e6eef0', '#efe8ee'] as const;

/** Draws the things, as a camera would have taken them: JPEG, 640 × 480. */
export async function drawThings(): Promise<Things> {
  const drawn = await Promise.all(
    Object.entries(shapes).map(async ([name, shape], index) => {
      const wall = WALLS[index % WALLS.length]!;
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="${wall}"/><rect y="400" width="640" height="80" fill="#cbb79c"/>${shape}</svg>`;
      return [name, await sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer()] as const;
    }),
  );
  return new Map(drawn);
}

/** The picture of a thing, or of a parcel when there is none. */
export function pictureOf(things: Things, name: string): Buffer {
  return things.get(name) ?? things.get(alike[name] ?? 'box') ?? things.get('box')!;
}

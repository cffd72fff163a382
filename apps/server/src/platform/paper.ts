import { readFileSync } from 'node:fs';
import PDFDocument from 'pdfkit';
import QRCode from 'qrcode';

/** A sheet of A4 being written. */
export type Paper = PDFKit.PDFDocument;

const FONT = new URL('../../assets/fonts/NotoSansSC-subset.ttf', import.meta.url);
const MARGIN_POINTS = 56;
/** What stands for a character the font has not got. */
const MISSING = '〓';

let fontBytes: Buffer | null = null;
let known: Set<number> | null = null;

/** Begins a document; the same texts and the same moment give the same bytes. */
export function openPaper(about: { title: string; author: string; madeAt: Date }): Paper {
  fontBytes ??= readFileSync(FONT);
  const paper = new PDFDocument({
    size: 'A4',
    margin: MARGIN_POINTS,
    lang: 'zh-CN',
    displayTitle: true,
    info: { Title: about.title, Author: about.author, CreationDate: about.madeAt },
  });
  paper.font(fontBytes);
  return paper;
}

/** Ends a document and gives its bytes. */
export async function closePaper(paper: Paper): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    paper.on('data', (piece: Buffer) => pieces.push(piece));
    paper.on('end', () => resolve(Buffer.concat(pieces)));
    paper.on('error', reject);
  });
  paper.end();
  return await done;
}

/** A text with what the font cannot draw replaced by 〓, so that a gap is seen and not taken for a letter. */
export function printable(text: string): string {
  known ??= charactersIn((fontBytes ??= readFileSync(FONT)));
  return [...text].map((one) => (known!.has(one.codePointAt(0)!) ? one : MISSING)).join('');
}

/** Draws a QR code with its top left corner at a place, `size` points wide. */
export function drawQr(paper: Paper, text: string, at: { x: number; y: number; size: number }) {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const step = at.size / modules.size;
  for (let row = 0; row < modules.size; row += 1)
    for (let column = 0; column < modules.size; column += 1)
      if (modules.get(row, column))
        // A hair wider than its place, so that no white line runs between dark neighbours.
        paper.rect(at.x + column * step, at.y + row * step, step + 0.05, step + 0.05);
  paper.fill('#000000');
}

/** The code points a TrueType font has glyphs for: its character map of format 12 or 4. */
function charactersIn(font: Buffer): Set<number> {
  const found = new Set<number>();
  const tables = font.readUInt16BE(4);
  for (let table = 0; table < tables; table += 1) {
    const record = 12 + table * 16;
    if (font.toString('latin1', record, record + 4) !== 'cmap') continue;
    const start = font.readUInt32BE(record + 8);
    for (let map = 0; map < font.readUInt16BE(start + 2); map += 1)
      addCharacters(font, start + font.readUInt32BE(start + 4 + map * 8 + 4), found);
  }
  return found;
}

function addCharacters(font: Buffer, at: number, found: Set<number>): void {
  const format = font.readUInt16BE(at);
  if (format === 12) {
    for (let group = 0; group < font.readUInt32BE(at + 12); group += 1) {
      const place = at + 16 + group * 12;
      for (let code = font.readUInt32BE(place); code <= font.readUInt32BE(place + 4); code += 1)
        found.add(code);
    }
  }
  if (format !== 4) return;
  const segments = font.readUInt16BE(at + 6) / 2;
  for (let segment = 0; segment < segments; segment += 1) {
    const end = font.readUInt16BE(at + 14 + segment * 2);
    const start = font.readUInt16BE(at + 16 + segments * 2 + segment * 2);
    for (let code = start; code <= end && code < 0xffff; code += 1) found.add(code);
  }
}

import { closePaper, drawQr, openPaper, type Paper, printable } from '../../platform/paper.ts';
import { type ConfirmationFields, FIELD_NAMES } from './receipt.ts';

const LEFT = 56;
const WIDTH = 483;
const LABEL_WIDTH = 104;
const QR_POINTS = 104;
const INK = '#1d2a33';
const SOFT = '#5a6b78';
const LINE = '#c9d3da';

/** What a confirmation is made of besides its fields. */
export interface ConfirmationToDraw {
  fields: ConfirmationFields;
  /** The whole address of the page that checks it. */
  checkAddress: string;
  entryNumber: number;
  origin: string;
  /** The proof that goes with it, as a file inside. */
  proof: string;
  madeAt: Date;
}

/** Draws a donation confirmation: one sheet of A4 with the proof attached. Its bytes are sealed afterwards. */
export async function drawConfirmation(drawn: ConfirmationToDraw): Promise<Buffer> {
  const { fields, madeAt } = drawn;
  const paper = openPaper({
    title: `捐赠确认 ${fields.number}`,
    author: fields.charity,
    madeAt,
  });
  drawHead(paper, fields);
  const bottom = drawFields(paper, fields);
  drawCheck(paper, drawn, bottom + 22);
  paper.file(Buffer.from(drawn.proof), {
    name: `${fields.number}.tlog-proof`,
    type: 'text/plain',
    description: '公开账本凭证，可离线核对',
    creationDate: madeAt,
    modifiedDate: madeAt,
  });
  return await closePaper(paper);
}

function drawHead(paper: Paper, fields: ConfirmationFields): void {
  paper.fillColor(SOFT).fontSize(11).text(printable(fields.charity), LEFT, 52, { width: WIDTH });
  paper.fillColor(INK).fontSize(26).text('捐赠确认', LEFT, 70, { width: WIDTH, align: 'center' });
  paper
    .fillColor(SOFT)
    .fontSize(10)
    .text(
      '本确认证明捐赠已经收到并记账。它不是财政票据；需要财政电子票据，可在捐赠页申请。',
      LEFT,
      108,
      {
        width: WIDTH,
        align: 'center',
      },
    );
}

function drawFields(paper: Paper, fields: ConfirmationFields): number {
  let y = 138;
  paper.strokeColor(LINE).lineWidth(0.8);
  for (const [name, label] of FIELD_NAMES) {
    const value = printable(fields[name]);
    const isAmount = name === 'amount';
    const size = isAmount ? 15 : 11.5;
    paper.fontSize(size);
    const width = WIDTH - LABEL_WIDTH - 20;
    const height = Math.max(paper.heightOfString(value, { width }), 15) + 13;
    paper.rect(LEFT, y, WIDTH, height).stroke();
    paper
      .moveTo(LEFT + LABEL_WIDTH, y)
      .lineTo(LEFT + LABEL_WIDTH, y + height)
      .stroke();
    paper
      .fillColor(SOFT)
      .fontSize(11)
      .text(label, LEFT + 10, y + height / 2 - 7.5);
    paper
      .fillColor(INK)
      .fontSize(size)
      .text(value, LEFT + LABEL_WIDTH + 10, y + 6, { width });
    y += height;
  }
  return y;
}

/** How anybody checks it: with a telephone, at the page, or offline. */
function drawCheck(paper: Paper, drawn: ConfirmationToDraw, y: number): void {
  drawQr(paper, drawn.checkAddress, { x: LEFT + WIDTH - QR_POINTS, y, size: QR_POINTS });
  const width = WIDTH - QR_POINTS - 24;
  const { pathname, origin } = new URL(drawn.checkAddress);
  paper.fillColor(INK).fontSize(11).text('怎样核对', LEFT, y, { width });
  paper.fillColor(SOFT).fontSize(9.5);
  const ways = [
    `扫右边的码，或打开 ${origin}${pathname}，填编号和校验码。`,
    `这笔捐赠写在公开账本 ${drawn.origin} 第 ${drawn.entryNumber} 条，任何人改动都会被发现。`,
    '离线核对：wennuan log verify --proof 本文件。凭证作为附件随本文件保存。',
    '印出的纸只供阅读；文件里每一个字节都经过封签，请保存原文件。',
  ];
  for (const [place, way] of ways.entries())
    paper.text(printable(`${place + 1}. ${way}`), { width, paragraphGap: 3 });
}

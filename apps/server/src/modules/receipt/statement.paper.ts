import { dateInShanghai, formatYuan } from '@wennuan/basics';
import { closePaper, openPaper, type Paper, printable } from '../../platform/paper.ts';
import type { YearlyStatement } from './own.service.ts';

const LEFT = 56;
const WIDTH = 483;
const BAR_HEIGHT = 12;
const INK = '#1d2a33';
const SOFT = '#5a6b78';
const USED = '#2e7d5b';
const WAITING = '#e3c770';

/** Draws a yearly statement: sums, a bar for each campaign with what was used and what waits, and where it went. */
export async function drawStatement(
  statement: YearlyStatement,
  about: { charity: string; donor: string; madeAt: Date },
): Promise<Buffer> {
  const paper = openPaper({
    title: `${statement.year} 年捐赠对账单`,
    author: about.charity,
    madeAt: about.madeAt,
  });
  paper.fillColor(SOFT).fontSize(11).text(printable(about.charity), { width: WIDTH });
  paper
    .fillColor(INK)
    .fontSize(22)
    .text(`${statement.year} 年捐赠对账单`, { width: WIDTH, align: 'center' });
  paper.moveDown(0.4).fillColor(SOFT).fontSize(10);
  paper.text(
    printable(
      `捐赠人：${about.donor}　截至 ${dateInShanghai(new Date(statement.asOf))}　这不是财政票据。`,
    ),
    { width: WIDTH, align: 'center' },
  );
  paper.moveDown(1).fillColor(INK).fontSize(13);
  paper.text(
    `全年 ${statement.gifts} 笔，共 ${formatYuan(statement.givenFen)}；已用 ${formatYuan(statement.usedFen)}，` +
      `还没用 ${formatYuan(statement.waitingFen)}。`,
    LEFT,
    paper.y,
    { width: WIDTH },
  );
  for (const part of statement.parts) drawPart(paper, part, statement.givenFen);
  if (statement.parts.length === 0) paper.moveDown(1).text('这一年没有捐赠记录。');
  return await closePaper(paper);
}

function drawPart(paper: Paper, part: YearlyStatement['parts'][number], wholeFen: number): void {
  paper.moveDown(1.1);
  if (paper.y > 720) paper.addPage();
  paper.fillColor(INK).fontSize(12).text(printable(part.label), LEFT, paper.y, { width: WIDTH });
  paper
    .fillColor(SOFT)
    .fontSize(10)
    .text(
      `${part.gifts} 笔，${formatYuan(part.givenFen)}；已用 ${formatYuan(part.usedFen)}，未用 ${formatYuan(part.waitingFen)}`,
      { width: WIDTH },
    );
  const y = paper.y + 4;
  const width = (WIDTH * part.givenFen) / Math.max(1, wholeFen);
  const used = part.givenFen === 0 ? 0 : (width * part.usedFen) / part.givenFen;
  paper.rect(LEFT, y, width, BAR_HEIGHT).fill(WAITING);
  if (used > 0) paper.rect(LEFT, y, used, BAR_HEIGHT).fill(USED);
  paper.fillColor(INK).fontSize(10);
  paper.text('', LEFT, y + BAR_HEIGHT + 4);
  for (const sentence of part.sentences)
    paper.text(printable(`· ${sentence}`), { width: WIDTH, paragraphGap: 2 });
}

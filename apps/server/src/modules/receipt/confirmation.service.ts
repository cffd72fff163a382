import { createHash } from 'node:crypto';
import { Refusal } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { codeFrom, typedCode } from '../../platform/spoken-code.ts';
import type { Box } from '../../platform/vault.ts';
import { kindHeartedGiver } from '../fund/index.ts';
import type { GiftFacts } from '../donation/index.ts';
import { drawConfirmation } from './confirmation.paper.ts';
import {
  type ConfirmationRow,
  findConfirmation,
  insertConfirmation,
} from './confirmation.store.ts';
import { findFiscal, fiscalView } from './fiscal.store.ts';
import { checkPath, type ConfirmationFields, confirmationFields, signedFields } from './receipt.ts';
import { charityName, handlerName, type ReceiptNeeds } from './receipt.needs.ts';
import { formWords } from './receipt.words.ts';

export type ConfirmationView = RouteOutput<typeof routes.receipt.confirmation>;
type Checked = RouteOutput<typeof routes.receipt.checkConfirmation>;

/** The check code of a gift's papers: known from its id by us alone. */
function codeOf(needs: Pick<ReceiptNeeds, 'vault'>, giftId: string): string {
  return codeFrom(needs.vault.hash('confirmation-code', giftId));
}

/** How far the confirmation of a gift has got, by its giver's token. System login. */
export async function readConfirmation(
  needs: ReceiptNeeds,
  tx: Scoped,
  token: string,
): Promise<ConfirmationView> {
  const gift = await needs.donation.giftByToken(tx, token);
  const fiscal = fiscalView(gift ? await findFiscal(tx, gift.id) : undefined);
  const nothing = { number: null, checkCode: null, checkPath: null, madeAt: null, fiscal };
  if (!gift) return { state: 'waiting', ...nothing, donorName: '' };
  const made = await findConfirmation(tx, { giftId: gift.id });
  const box = (await needs.vault.findBoxes(tx, [gift.id])).get(gift.id);
  if (made && box) return madeView(made, { box, fiscal });
  if (made) return { state: 'erased', ...nothing, number: made.number, donorName: '' };
  const { state } = await needs.publication.receipt(tx, { transferId: gift.transferId });
  return { state, ...nothing, number: gift.number, donorName: await donorName(needs, tx, gift) };
}

function madeView(
  made: ConfirmationRow,
  { box, fiscal }: { box: Box; fiscal: ConfirmationView['fiscal'] },
): ConfirmationView {
  const { code, donor, number } = JSON.parse(box.open(made.fieldsSealed)) as ConfirmationFields;
  return {
    state: 'made',
    number,
    checkCode: code,
    checkPath: checkPath(number, code),
    madeAt: made.madeAt.toISOString(),
    donorName: donor,
    fiscal,
  };
}

/** The name on a gift's papers: an enterprise's own, the one its giver chose (also where hidden), or 爱心人士. */
async function donorName(needs: ReceiptNeeds, tx: Scoped, gift: GiftFacts): Promise<string> {
  const { organizationId, nameSealed, publicName } = gift;
  if (organizationId !== null)
    return (await needs.organization.names(tx, [organizationId])).get(organizationId) ?? '';
  const box = nameSealed && (await needs.vault.findBoxes(tx, [gift.id])).get(gift.id);
  return (box ? box.open(nameSealed) : publicName) ?? kindHeartedGiver('zh');
}

/**
 * Makes the confirmation of a gift, once, when its leaf is in a signed head; asked again it is the same. Refuses an
 * unknown token, `confirmation_not_ready`, and another name for one that is made. System login.
 */
export async function makeConfirmation(
  needs: ReceiptNeeds,
  tx: Writing,
  asked: { token: string; donorName: string | null; address: string },
): Promise<{ row: ConfirmationRow; box: Box }> {
  const gift = await needs.donation.giftByToken(tx, asked.token);
  if (!gift || gift.legalForm === 'direct_gift') throw new Refusal('confirmation_not_ready');
  const known = await findConfirmation(tx, { giftId: gift.id });
  if (known) return await same(needs, tx, { known, donorName: asked.donorName });
  const wanted = asked.donorName?.trim();
  const fields = confirmationFields({
    number: gift.number,
    code: codeOf(needs, gift.id),
    donor: wanted ? wanted : await donorName(needs, tx, gift),
    amountFen: gift.amountFen,
    at: gift.at,
    target: gift.targetLabel,
    purpose: gift.purpose,
    charity: charityName(needs),
    handler: await handlerName(needs, tx),
    form: formWords[gift.legalForm],
    now: tx.now,
  });
  const receipt = await needs.publication.receipt(tx, {
    transferId: gift.transferId,
    fields: signedFields(fields),
  });
  if (receipt.state === 'erased') throw new Refusal('not_found');
  if (receipt.proof === null) throw new Refusal('confirmation_not_ready');
  const { proof, number: entryNumber } = receipt;
  const document = await needs.publication.seal(tx, {
    name: fields.number,
    body: await drawConfirmation({
      fields,
      checkAddress: `${asked.address}${checkPath(fields.number, fields.code)}`,
      entryNumber: entryNumber!,
      origin: originOf(proof),
      proof,
      madeAt: tx.now,
    }),
  });
  return await keep(needs, tx, { gift, fields, proof, document: Buffer.from(document) });
}

async function keep(
  needs: ReceiptNeeds,
  tx: Writing,
  made: { gift: GiftFacts; fields: ConfirmationFields; proof: string; document: Buffer },
): Promise<{ row: ConfirmationRow; box: Box }> {
  const { gift, fields, proof, document } = made;
  const box = (await needs.vault.boxes(tx, [gift.id])).get(gift.id)!;
  const row = {
    giftId: gift.id,
    number: fields.number,
    fieldsSealed: box.seal(JSON.stringify(fields)),
    proofSealed: box.seal(proof),
    documentSealed: box.sealBytes(document),
    sha256: createHash('sha256').update(document).digest(),
  };
  if (await insertConfirmation(tx, row)) tx.touched('confirmation', fields.number);
  const stored = await findConfirmation(tx, { giftId: gift.id });
  return { row: stored!, box };
}

async function same(
  needs: ReceiptNeeds,
  tx: Scoped,
  { known, donorName: wanted }: { known: ConfirmationRow; donorName: string | null },
): Promise<{ row: ConfirmationRow; box: Box }> {
  const box = (await needs.vault.findBoxes(tx, [known.giftId])).get(known.giftId);
  if (!box) throw new Refusal('not_found');
  const { donor } = JSON.parse(box.open(known.fieldsSealed)) as ConfirmationFields;
  if (wanted && wanted.replace(/\s+/g, ' ') !== donor)
    throw new Refusal('confirmation_made', {}, 'donorName');
  return { row: known, box };
}

/** The name of the log under whose checkpoint a proof stands. */
function originOf(proof: string): string {
  return proof.slice(proof.indexOf('\n\n') + 2).split('\n')[0]!;
}

/** Whether a paper is ours, by its number and code; refuses any other pair with `check_code_wrong`. System login. */
export async function checkConfirmation(
  needs: ReceiptNeeds,
  tx: Scoped,
  asked: { number: string; code: string },
): Promise<Checked> {
  const number = asked.number.trim().toUpperCase();
  const made = await findConfirmation(tx, { number });
  if (!made || codeOf(needs, made.giftId) !== typedCode(asked.code))
    throw new Refusal('check_code_wrong', {}, 'code');
  const [gift] = await needs.donation.giftFacts(tx, { ids: [made.giftId] });
  const known = (await needs.vault.findBoxes(tx, [made.giftId])).has(made.giftId);
  const fiscal = await findFiscal(tx, made.giftId);
  return {
    number: made.number,
    state: known ? 'valid' : 'erased',
    amountFen: gift!.amountFen,
    at: gift!.at.toISOString(),
    targetLabel: gift!.targetLabel,
    targetLink: gift!.targetLink,
    charity: charityName(needs),
    madeAt: made.madeAt.toISOString(),
    sha256: made.sha256.toString('hex'),
    fiscalNumber: fiscal?.receiptNumber ?? null,
  };
}

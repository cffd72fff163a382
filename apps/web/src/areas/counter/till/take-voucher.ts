import { routes } from '@wennuan/contract';
import { callServer } from '../../../shared/api/client.ts';
import { asRefusal } from '../../../shared/api/refusal.ts';
import { voucherLeft } from './left.ts';
import { tillStore, type TillState } from './store.ts';
import { checkCode } from './voucher-code.ts';

/** A voucher that was shown, as far as the till may know it, or why it is not taken. */
export type Shown =
  | {
      entitlementId: string;
      scanId: string | null;
      kind: string;
      label: string;
      leftFen: number;
      goods: readonly string[];
      paysFor: readonly string[];
      /** The moment of a code that was checked without network. */
      step: string | null;
    }
  | { refused: 'codeOld' | 'codeUsed' | 'notHeld' | 'paperOffline'; sentence?: string };

const words = { code_old: 'codeOld', not_held: 'notHeld', paper_offline: 'paperOffline' } as const;

/** Asks the server about a code; without network checks it with the keys of vouchers held for this till. */
export async function takeVoucher(
  till: TillState,
  shown: { text: string; proof: string; steps: readonly string[] },
): Promise<Shown> {
  const { data, usedSteps } = till.snapshot!;
  if (till.online) {
    try {
      const { text, proof } = shown;
      const params = { tillId: data.till.id };
      const scanned = await callServer(routes.counter.scan, { params, body: { text, proof } });
      // Held for this very till: it pays out of the hold.
      const isHeld = data.vouchers.some((one) => one.entitlementId === scanned.entitlementId);
      return { ...scanned, scanId: isHeld ? null : scanned.scanId, step: null };
    } catch (thrown) {
      const refusal = asRefusal(thrown);
      if (!refusal.passing) return { refused: 'codeOld', sentence: refusal.message };
    }
  }
  const checked = await checkCode(shown.text, data.vouchers, tillStore.now());
  if ('refused' in checked) return { refused: words[checked.refused] };
  const { held } = checked;
  const step = `${held.serial}:${checked.step}`;
  if (usedSteps.includes(step) || shown.steps.includes(step)) return { refused: 'codeUsed' };
  const leftFen = voucherLeft(data, till.journal, held.entitlementId);
  const { entitlementId, kind, label, goods, paysFor } = held;
  return { entitlementId, scanId: null, kind, label, leftFen, goods, paysFor, step };
}

import type { Id } from '@wennuan/basics';
import type { RouteRequest, routes } from '@wennuan/contract';
import type { Writing } from '../../platform/database/database.ts';
import type { CounterNeeds } from './counter.needs.ts';
import { ownTill } from './till.service.ts';

type Routes = typeof routes.counter;
type AtTill<R extends 'takeNeed' | 'takeGift'> = { tillId: Id } & RouteRequest<Routes[R]>['body'];

/**
 * Writes down what somebody at the counter needs, with her consent: it goes to the station's community like every other
 * need. Who took it down hears its number and sees nothing of it again.
 */
export async function takeNeed(
  needs: CounterNeeds,
  tx: Writing,
  { tillId, personName, consentForm, consentNote, ...asked }: AtTill<'takeNeed'>,
) {
  const { areaId } = await ownTill(tx, tillId);
  const [filed] = await needs.need.file(tx, [
    {
      ...asked,
      amountYuan: null,
      areaCode: needs.place.ref(areaId).code,
      attachmentIds: [],
      acting: { relation: 'station', personId: null, personName, consentForm, consentNote },
    },
  ]);
  return { ...filed!, answerBy: filed!.answerBy.toISOString() };
}

/**
 * Takes down what somebody brings as a gift in kind of hers, found by her telephone: the federation values it, takes it in,
 * and she sees where each thing went. Who has no account gets one, as with a first sign-in. Refuses `telephone_invalid`.
 */
export async function takeGift(
  needs: CounterNeeds,
  tx: Writing,
  { tillId, telephone, ...offered }: AtTill<'takeGift'>,
): Promise<{ number: string }> {
  const { areaId } = await ownTill(tx, tillId);
  const known = await needs.access.findByTelephone(tx, telephone);
  const accountId =
    known ?? (await needs.access.openResident(tx, { telephone, homeAreaId: areaId }));
  const { number } = await needs.goods.kindGifts.takeDown(tx, { ...offered, accountId });
  return { number };
}

import { formatYuan } from '@wennuan/basics';
import { routes, type RouteOutput } from '@wennuan/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { routeQuery, useApi } from '../../../shared/api/query.ts';
import { Button, dateWords, Notice } from '../../../shared/ui/index.ts';
import type { ReceiptChecked } from './check-receipt.ts';
import { useFederation } from './words.ts';

type Gift = Pick<RouteOutput<typeof routes.donation.readGift>, 'id' | 'number' | 'amountFen'>;

const POLL_MILLIS = 1_500;

/** The gift's receipt in the public log: being made, then to be checked on this device and kept. */
export function GiftReceipt({ gift, token }: { gift: Gift; token: string }) {
  const { t } = useTranslation('public');
  const query = useQuery({
    ...routeQuery(useApi(), routes.publication.giftProof, { params: { token } }),
    refetchInterval: ({ state }) =>
      state.data?.state === 'ready' || state.data?.state === 'erased' ? false : POLL_MILLIS,
  });
  const { state, number, proof } = query.data ?? { state: 'pending', number: null, proof: null };
  return (
    <section className="stack-tight" aria-labelledby="receipt">
      <h2 id="receipt">{t('receipt.title')}</h2>
      <p role="status">
        {number === null
          ? t('receipt.pending')
          : t(state === 'erased' ? 'receipt.erased' : 'receipt.ready', { number })}
      </p>
      {proof !== null && <Check gift={gift} token={token} proof={proof} />}
    </section>
  );
}

function Check({ gift, token, proof }: { gift: Gift; token: string; proof: string }) {
  const { t } = useTranslation('public');
  const call = useApi();
  const check = useMutation({
    networkMode: 'always',
    mutationFn: async () => {
      const { checkReceipt } = await import('./check-receipt.ts');
      const fresh = await call(routes.publication.giftProof, { params: { token } });
      const log = await call(routes.publication.publicLog);
      return checkReceipt({ proof: fresh.proof ?? proof, gift, log });
    },
  });
  return (
    <>
      <p className="row">
        <Button busy={check.isPending} onPress={() => check.mutate()}>
          {t('receipt.check')}
        </Button>
        <Button kind="quiet" onPress={() => save(proof, `${gift.number}.tlog-proof`)}>
          {t('receipt.download')}
        </Button>
      </p>
      <div role="status">
        {check.isError && <Notice tone="warned">{t('receipt.away')}</Notice>}
        {check.data && <Result checked={check.data} />}
      </div>
      <p className="soft small">{t('receipt.offline')}</p>
    </>
  );
}

function Result({ checked }: { checked: ReceiptChecked }) {
  const { t, i18n } = useTranslation('public');
  const federation = useFederation();
  if (checked.fault !== null)
    return (
      <Notice tone="late">
        {t('receipt.wrong', { why: t(`receipt.fault.${checked.fault}`), federation })}
      </Notice>
    );
  const { day, amountFen, code, size } = checked;
  const words = {
    day: dateWords(day, i18n.language),
    amount: formatYuan(amountFen),
    code: code ?? t('receipt.private'),
    size,
  };
  return <Notice tone="done">{t('receipt.right', words)}</Notice>;
}

/** Saves a text as a file. */
function save(text: string, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

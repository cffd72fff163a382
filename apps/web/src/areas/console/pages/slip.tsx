import { type RouteOutput, routes } from '@wennuan/contract';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { PrintButton, PrintSheet } from '../../../shared/print/print-sheet.tsx';
import { dateWords, Facts, Loaded, Page } from '../../../shared/ui/index.ts';

/** The slip that is left with somebody without a telephone: number, who handles it, whom to call, QR. */
export function SlipPage() {
  const { t } = useTranslation('console');
  const { needId } = useParams({ from: '/desk/needs/$needId/slip' });
  const slip = useRoute(routes.need.slip, { params: { needId } });
  return (
    <Page title={t('need.slip.title')}>
      <Loaded query={slip}>
        {(data) => (
          <>
            <p className="row">
              <PrintButton kind="primary" sheet={<Slip slip={data} />} />
              <Link to="/desk/needs/$needId" params={{ needId }}>
                {t('need.slip.back')}
              </Link>
            </p>
            <div className="panel slip">
              <Slip slip={data} />
            </div>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Slip({ slip }: { slip: RouteOutput<typeof routes.need.slip> }) {
  const { t, i18n } = useTranslation('console');
  const later = t('need.slip.notYet');
  const address = new URL(slip.lookUpPath, window.location.origin).href;
  return (
    <PrintSheet
      title={t('need.slip.heading')}
      number={slip.number}
      qr={{ svg: slip.qrSvg, text: address }}
    >
      <Facts
        rows={[
          [t('need.slip.what'), slip.title],
          [t('need.slip.filedAt'), dateWords(slip.filedAt, i18n.language)],
          [
            t('need.slip.answerBy'),
            slip.answerBy ? dateWords(slip.answerBy, i18n.language) : later,
          ],
          [t('need.slip.handledBy'), slip.handledByName ?? later],
          [t('need.slip.telephone'), slip.deskTelephone ?? later],
          [t('need.slip.community'), slip.communityName],
        ]}
      />
      <p>
        {t('need.slip.scan')}
        {t('need.slip.orRead')}
      </p>
      <p>
        <strong>{t('need.slip.warn')}</strong>
      </p>
    </PrintSheet>
  );
}

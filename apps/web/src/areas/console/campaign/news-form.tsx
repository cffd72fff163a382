import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import {
  Checkbox,
  DateText,
  Form,
  PhotoField,
  say,
  TextArea,
  TextField,
} from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import type { Campaign } from '../parts/codes.ts';
import { useSend } from '../parts/send.ts';

const empty = { title: '', text: '', pictureIds: [] as string[], tellGivers: true };

/** News of a campaign, or its result once it has ended; pictures are shown in the order they were added. */
export function NewsForm({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('console');
  const { value, setValue, field, tick } = useValues(empty);
  const publish = useSend(routes.campaign.publish);
  const told = useRoute(routes.campaign.news, { params: { code: campaign.code } });
  const checks = useChecks();
  const filled = useFilled();
  const isResult = campaign.state === 'closed';
  function send() {
    const fine = checks.pass({
      title: filled(value.title, t('news.headline')),
      text: filled(value.text, t('news.text')),
    });
    if (!fine) return;
    publish.run({ params: { campaignId: campaign.id }, body: { ...value, isResult } }, () => {
      say(t('news.published'));
      setValue(empty);
    });
  }
  return (
    <section className="panel">
      <h2>{t(isResult ? 'news.resultTitle' : 'news.title')}</h2>
      <Form scope="news" onSend={send} errors={checks.errors} call={publish} send={t('news.send')}>
        <TextField {...field('title')} label={t('news.headline')} />
        <TextArea
          {...field('text')}
          label={t('news.text')}
          hint={t('news.hint')}
          rows={4}
          most={2000}
        />
        <PhotoField
          {...field('pictureIds')}
          label={t('news.pictures')}
          hint={t('news.picturesHint')}
          most={12}
        />
        <Checkbox {...tick('tellGivers')} label={t('news.tell')} />
      </Form>
      <ul className="stack-tight">
        {(told.data?.items ?? []).map((news) => (
          <li key={news.id}>
            <DateText at={news.at} /> · {news.title}
          </li>
        ))}
      </ul>
    </section>
  );
}

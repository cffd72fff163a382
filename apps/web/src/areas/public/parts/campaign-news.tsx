import { routes, type RouteOutput } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';
import { useRoute } from '../../../shared/api/query.ts';
import { DateText } from '../../../shared/ui/index.ts';

type News = RouteOutput<typeof routes.campaign.news>['items'][number];

/** What the federation told of a campaign, newest first. */
export function CampaignNews({ code }: { code: string }) {
  const { t } = useTranslation('public');
  const { data } = useRoute(routes.campaign.news, { params: { code } });
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="stack-tight" aria-labelledby="news">
      <h2 id="news">{t('news.title')}</h2>
      <ol className="stack">
        {items.map((news) => (
          <li key={news.id}>
            <NewsArticle news={news} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** One piece of news with its pictures in the order they were chosen. */
export function NewsArticle({ news }: { news: News }) {
  const { t } = useTranslation('public');
  return (
    <article className="card news">
      <h3>{news.title}</h3>
      <p className="soft small">
        <DateText at={news.at} />
      </p>
      <p className="pre">{news.text}</p>
      {news.pictures.length > 0 && (
        <ul className="news-pictures">
          {news.pictures.map((picture, place) => (
            <li key={picture.id}>
              <a
                href={addressOf(routes.attachment.readPublic, {
                  params: { attachmentId: picture.id },
                })}
              >
                <img
                  src={addressOf(routes.attachment.readPublic, {
                    params: { attachmentId: picture.id },
                    query: { size: 'small' },
                  })}
                  alt={t('news.picture', { title: news.title, place: place + 1 })}
                  width={picture.widthPixels}
                  height={picture.heightPixels}
                  loading="lazy"
                />
              </a>
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}

import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { TileMap } from '../../../shared/charts/index.ts';
import { EmptyState, Loaded, Page } from '../../../shared/ui/index.ts';
import {
  type ResponseFigures,
  ResponseTable,
  rowsOf,
  verifyWords,
} from '../parts/response-table.tsx';
import { useAsOf } from '../parts/words.ts';

/** How fast matters are answered, street by street. */
export function ResponsesPage() {
  const { t } = useTranslation('public');
  const asOf = useAsOf();
  const query = useRoute(routes.need.responses);
  return (
    <Page
      title={t('responses.title')}
      description={t('responses.description')}
      lead={t('responses.lead')}
      width="wide"
    >
      <Loaded query={query}>
        {(figures) =>
          figures.areas.length === 0 ? (
            <EmptyState title={t('responses.noneTitle')}>
              <p>{t('responses.noneBody')}</p>
            </EmptyState>
          ) : (
            <>
              <p className="soft small">{asOf(figures.asOf)}</p>
              <section className="stack-tight" aria-labelledby="map">
                <h2 id="map">{t('responses.map')}</h2>
                <StreetTiles figures={figures} />
              </section>
              <section className="stack-tight" aria-labelledby="table">
                <h2 id="table">{t('responses.table')}</h2>
                <ResponseTable figures={figures} levels={['district', 'street']} show="times" />
              </section>
              <section className="stack-tight" aria-labelledby="counts">
                <h2 id="counts">{t('responses.counts')}</h2>
                <ResponseTable figures={figures} levels={['district', 'street']} show="counts" />
                <p className="soft small">{t('responses.unconfirmedHint')}</p>
              </section>
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function StreetTiles({ figures }: { figures: ResponseFigures }) {
  const { t } = useTranslation('public');
  const areas = useRoute(routes.place.areas).data?.areas ?? [];
  const streetOf = new Map(areas.map(({ code, parentCode }) => [code, parentCode]));
  const communities = rowsOf(figures, ['community']);
  const tile = (row: ResponseFigures['areas'][number]) => ({
    code: row.area.code,
    name: row.area.name,
    value: row.medianVerifyWorkingHours ?? 0,
    words: verifyWords(t, row),
  });
  return (
    <TileMap
      label={t('responses.map')}
      headings={[t('responses.place'), t('responses.verify')]}
      tiles={rowsOf(figures, ['street']).map((row) => ({
        ...tile(row),
        parts: communities
          .filter(({ area }) => streetOf.get(area.code) === row.area.code)
          .map(tile),
      }))}
    />
  );
}

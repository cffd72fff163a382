/** Pictures of money, shares and places, each with the same words as a table. Import only on pages that draw. */
export { Bars, type Bar } from './bars.tsx';
export { FlowPicture } from './flow-picture.tsx';
export { TileMap, type Tile } from './tile-map.tsx';
export { Timeline, type Span } from './timeline.tsx';

import { Refusal } from '@wennuan/basics';

export type AreaLevel = 'district' | 'street' | 'community';
export interface Area {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly level: AreaLevel;
  readonly parentId: number | null;
  readonly deskTelephone: string | null;
}

/** The area tree in memory: a few hundred rows that change a few times a year. */
export class AreaTree {
  readonly #byId: Map<number, Area>;
  readonly #byCode: Map<string, Area>;
  readonly #children = new Map<number, Area[]>();

  constructor(areas: readonly Area[]) {
    this.#byId = new Map(areas.map((area) => [area.id, area]));
    this.#byCode = new Map(areas.map((area) => [area.code, area]));
    for (const area of areas)
      if (area.parentId !== null)
        this.#children.set(area.parentId, [...(this.#children.get(area.parentId) ?? []), area]);
  }

  /** All areas in force, parents before children. */
  all(): Area[] {
    return [...this.#byId.values()];
  }

  /** The area with this id; it must exist. */
  area(id: number): Area {
    const area = this.#byId.get(id);
    if (!area) throw new Error(`area ${id} is not in the tree`);
    return area;
  }

  /** The area a person named by its code, or refuses with `area_unknown`. */
  areaByCode(code: string): Area {
    const area = this.#byCode.get(code);
    if (!area) throw new Refusal('area_unknown', {}, 'areaCode');
    return area;
  }

  /** As pages name a place. */
  ref(id: number): { code: string; name: string; level: AreaLevel } {
    const { code, name, level } = this.area(id);
    return { code, name, level };
  }

  /** Ids of the area and everything below it. */
  below(id: number): number[] {
    return [id, ...(this.#children.get(id) ?? []).flatMap((child) => this.below(child.id))];
  }

  /** Ids from the area up to the district. */
  above(id: number): number[] {
    const { parentId } = this.area(id);
    return parentId === null ? [id] : [id, ...this.above(parentId)];
  }

  /** The street an area is in (itself when it is one); the district for the district. */
  streetOf(id: number): Area {
    const area = this.area(id);
    return area.level === 'community' ? this.area(area.parentId!) : area;
  }

  /** The root; null in an empty district. */
  district(): Area | null {
    return this.all().find((area) => area.level === 'district') ?? null;
  }
}

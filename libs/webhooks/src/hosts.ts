/** Which hosts each agency may be told at, as the operator's settings list them. */
export class HostsOfPartners {
  readonly #hosts: Readonly<Record<string, readonly string[]>>;

  constructor(hosts: Readonly<Record<string, readonly string[]>>) {
    this.#hosts = hosts;
  }

  of(agency: string): readonly string[] {
    return Object.hasOwn(this.#hosts, agency) ? (this.#hosts[agency] ?? []) : [];
  }

  lists(agency: string, url: string): boolean {
    return URL.canParse(url) && this.of(agency).includes(new URL(url).hostname);
  }
}

/** Which of the files that are packed into the Rails wasm nobody will read again. */

/** Never read by Ruby while it runs. */
const UNREAD_ENDINGS =
  /\.(md|txt|rdoc|markdown|css|js|mjs|cjs|ts|map|png|gif|svg|ico|jpg|html|h|hpp|c|cc|java|jar|tt|rake|lock|gemspec|rbs|rbi|ri|sh|yardopts|sample|1|toml|bundle|so|dylib|o|a)$|\/(LICENSE|COPYING|README|CHANGELOG|Gemfile|Rakefile|MIT-LICENSE|CHANGES|NEWS|BSDL|GPL)[^/]*$/i;

/** Gems and libraries that the sandbox does not offer: it has no network, no terminal, no asset pipeline. */
const UNUSED_PARTS = [
  ...["actioncable", "actionmailbox", "actiontext", "activestorage", "bcrypt", "image_processing"],
  ...[
    "importmap-rails",
    "irb",
    "jbuilder",
    "js",
    "mini_magick",
    "net-imap",
    "net-pop",
    "propshaft",
    "rake",
  ],
  ...[
    "rdoc",
    "reline",
    "ruby-vips",
    "solid_cable",
    "solid_cache",
    "stimulus-rails",
    "thor",
    "turbo-rails",
  ],
  ...["useragent", "websocket-driver", "websocket-extensions", "rackup", "loofah", "crass"],
].map((gem) => new RegExp(`^/bundle/gems/${gem}-\\d`));

const UNUSED_FOLDERS = [
  /^\/usr\/local\/lib\/ruby\/gems\//,
  /^\/usr\/local\/(bin|share|include)\//,
  /^\/usr\/local\/lib\/ruby\/3\.3\.0\/(bundler|rubygems|rdoc|irb|reline|rinda|drb|net|prism|ruby_vm)\//,
  /^\/usr\/local\/lib\/ruby\/3\.3\.0\/(bundler|rdoc|irb|reline|drb|prism|mkmf)\.rb$/,
  // Adapters of servers that are not here, whose gems are not here either.
  /^\/bundle\/gems\/activerecord-[^/]+\/lib\/active_record\/connection_adapters\/(abstract_mysql|mysql|postgresql|trilogy)/,
  /^\/bundle\/gems\/tzinfo-data-[^/]+\/lib\/tzinfo\/data\/tzdataparser\.rb$/,
  /^\/bundle\/gems\/railties-[^/]+\/lib\/rails\/(generators|commands|tasks)\//,
  /^\/bundle\/gems\/[^/]+\/lib\/(generators|rails\/generators|tasks)\//,
  /^\/bundle\/gems\/[^/]+\/(test|spec|doc|docs|ext|bin|exe|examples?)\//,
  /^\/rails-vm\//,
];

/**
 * @param loaded paths of code that is in memory already, as compiled code
 * @returns whether Ruby, the lessons, the console and the error pages can do without the file
 */
export function isUnread(path: string, loaded: ReadonlySet<string>): boolean {
  if (loaded.has(path) || UNREAD_ENDINGS.test(path)) return true;
  return [...UNUSED_PARTS, ...UNUSED_FOLDERS].some((pattern) => pattern.test(path));
}

/** The paths that Ruby returned, one a line. */
export function parsePaths(text: string): ReadonlySet<string> {
  return new Set(text.split("\n"));
}

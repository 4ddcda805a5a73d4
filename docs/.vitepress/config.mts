import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { defineConfig } from 'vitepress'

const docs = join(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), '..')
const description = 'Reproducible benchmarks of compact codes: learning to hash, and quantized embeddings.'
const repository = 'https://github.com/linfhash/linfhash'
const version = /<version>([^<]+)<\/version>/.exec(readFileSync(join(docs, '../pom.xml'), 'utf8'))?.[1]
const generated = ['reference/commands.md', 'reference/protocol.md']

for (const file of generated) {
  if (!existsSync(join(docs, file))) {
    throw new Error(`docs/${file} is missing: run ci/docs.sh, which writes it and builds the site`)
  }
}

// Pages are written to be read in the repository, too: a link that leaves docs/, or leads to a folder, becomes an
// address of the repository. One to a file that is not there stays, and fails the build.
function toRepository(href: string, page: string): string {
  if (/^([a-z]+:|#|\/)/.test(href)) {
    return href
  }
  const [path, anchor] = href.split('#')
  const file = join(docs, dirname(page), decodeURI(path))
  if (!existsSync(file)) {
    return href
  }
  const folder = statSync(file).isDirectory()
  if (!relative(docs, file).startsWith('..') && !folder) {
    return href
  }
  const inRepository = relative(join(docs, '..'), file)
  return `${repository}/${folder ? 'tree' : 'blob'}/main/${inRepository}${anchor ? '#' + anchor : ''}`
}

// The pages by task, as docs/README.md lists them, for programs that read documentation: https://llmstxt.org
function llms(site: string): string {
  const lines = ['# linfhash', '', `> ${description}`, '',
    `The commands for each task are in ${repository}/blob/main/skills/linfhash/SKILL.md`]
  for (const line of readFileSync(join(docs, 'README.md'), 'utf8').split('\n')) {
    const row = /^\| (\[.*\)) \| (.*) \|$/.exec(line)
    if (line.startsWith('## ')) {
      lines.push('', line, '')
    } else if (row) {
      for (const [, text, href] of row[1].matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)) {
        const address = toRepository(href, 'README.md')
        lines.push(`- [${text}](${address === href ? site + href.replace(/\.md(?=#|$)/, '.html') : address}): ${row[2].replace(/\]\([^)]*\)/g, '').replace(/\[/g, '')}`)
      }
    }
  }
  return lines.join('\n') + '\n'
}

const page = (text: string, link: string) => ({ text, link })

export default defineConfig({
  title: 'linfhash',
  description,
  lang: 'en-US',
  // Where GitHub publishes the pages of this repository.
  base: '/linfhash/',
  // Numbers on one line, and colors with enough contrast for texts.
  head: [['style', {}, `.vp-doc td.number { white-space: nowrap; }
    html:root { --vp-button-brand-bg: #3451b2; --vp-button-brand-hover-bg: #2a4191; --vp-code-lang-color: var(--vp-c-text-2); }`]],
  lastUpdated: true,
  rewrites: { 'home.md': 'index.md', 'README.md': 'all.md' },
  srcExclude: ['node_modules/**'],
  cleanUrls: false,
  // Made by other programs, put beside these pages by ci/docs.sh.
  ignoreDeadLinks: [/^\/(api|rankings)\//],
  buildEnd(site) {
    writeFileSync(join(site.outDir, 'llms.txt'), llms('https://linfhash.github.io/linfhash/'))
  },
  markdown: {
    defaultHighlightLang: 'sh',
    config(markdown) {
      // A number with its interval stays on one line, on a phone too.
      markdown.core.ruler.push('numbers', (state) => {
        state.tokens.forEach((token, index) => {
          if (token.type === 'td_open' && /^[-+\u2212]?[\d][\d.,\s%\u00b1x\u00d7()*–-]*$/.test(state.tokens[index + 1].content)) {
            token.attrJoin('class', 'number')
          }
        })
      })
      markdown.core.ruler.push('repository-links', (state) => {
        for (const block of state.tokens) {
          for (const token of block.children ?? []) {
            const href = token.type === 'link_open' ? token.attrGet('href') : null
            if (href) {
              token.attrSet('href', toRepository(href, state.env.relativePath))
            }
          }
        }
      })
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    editLink: {
      pattern: ({ filePath }) => filePath.startsWith('reference/')
        ? 'https://github.com/linfhash/linfhash/tree/main/modules'
        : 'https://github.com/linfhash/linfhash/edit/main/docs/' + filePath,
      text: 'Edit this page',
    },
    nav: [page('All pages', '/all'), page('Data sets', '/datasets'), { text: 'Rankings', link: '/rankings/index.html', target: '_self' },
      { text: 'Javadoc', link: '/api/index.html', target: '_self' }, page('Repository', repository),
      page(`v${version}`, `${repository}/blob/main/CHANGELOG.md`)],
    sidebar: [
      { text: 'Start', items: [page('All pages', '/all'), page('Install', '/install'), page('Learning to hash', '/hashing'), page('Glossary', '/glossary'),
        page('Questions', '/questions')] },
      { text: 'Tutorials', items: [page('A quantizer for 22,500 texts', '/tutorials/quantizer'), page('First benchmark report', '/tutorials/benchmark'),
        page('Enter your method', '/entering')] },
      { text: 'How-to', items: [page('Choose and export a quantizer', '/quantizers'), page('Python', '/python'),
        page('Binary quantization in Postgres', '/postgres'), page('Watch an index', '/watch'), page('Measure any engine', '/engines'),
        page('Measure Lucene', '/lucene'), page('Measure faiss', '/engines/faiss'), page('Measure sqlite-vec', '/engines/sqlite-vec'),
        page('Measure Redis', '/engines/redis'), page('Compute embeddings', '/embeddings'),
        page('Your own data', '/own-data'), page('External codes', '/external-codes'), page('Java', '/java'), page('Tune', '/tuning'),
        page('Use a GPU', '/devices'), page('Spark', '/spark'), page('Publish rankings', '/site'), page('Audit a table', '/audit-table'),
        page('Reproduce the paper', '/reproduce-the-paper')] },
      { text: 'Explanation', items: [page('What is measured', '/what-is-measured'), page('Statistics', '/statistics'), page('Limits', '/limits'),
        page('Duplicates', '/duplicates'), page('Interpretations', '/readings'), page('Determinism', '/determinism')] },
      { text: 'Reference', items: [page('Data sets and protocols', '/datasets'), page('Commands', '/reference/commands'), page('Settings and exit codes', '/commands'),
        page('Protocol files', '/reference/protocol'), page('Methods', '/methods'), page('Losses', '/losses'),
        page('Quantizers', '/quantizers-reference'), page('File formats', '/formats'), page('Images', '/images'),
        page('results.json', '/results-schema'), page('Model files', '/model-format')] },
      { text: 'Results', items: [page('Which quantizer?', '/which-quantizer'), 
        page('CIFAR-10', '/results/cifar10'), page('NUS-WIDE', '/results/nus-wide'), page('Claims of the paper', '/claims'), page('Errata', '/errata'),
        page('Learned features', '/learned-features'), page('Encoder or loss', '/encoder-or-loss'), page('Unseen classes', '/unseen')] },
      { text: 'Project', items: [page('Architecture', '/architecture'), page('Contributing', `${repository}/blob/main/CONTRIBUTING.md`),
        page('Decisions', `${repository}/tree/main/docs/decisions`)] },
    ],
  },
})

import { existsSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { defineConfig } from 'vitepress'

const docs = join(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), '..')
const repository = 'https://github.com/linfhash/linfhash'

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

const page = (text: string, link: string) => ({ text, link })

export default defineConfig({
  title: 'linfhash',
  description: 'Measure how well compact codes search: quantization of embeddings and learning to hash.',
  lang: 'en-US',
  rewrites: { 'README.md': 'index.md' },
  srcExclude: ['node_modules/**'],
  cleanUrls: false,
  // Made by other programs, put beside these pages by ci/docs.sh.
  ignoreDeadLinks: [/^\/(api|rankings)\//],
  markdown: {
    config(markdown) {
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
    nav: [page('Guide', '/quantizers'), { text: 'Rankings', link: '/rankings/index.html', target: '_self' },
      { text: 'Javadoc', link: '/api/index.html', target: '_self' }, page('Repository', repository)],
    sidebar: [
      { text: 'Start', items: [page('Documentation', '/'), page('Install', '/install'), page('Glossary', '/glossary'),
        page('Questions', '/questions')] },
      { text: 'Tutorials', items: [page('Choose a quantizer', '/tutorials/quantizer'), page('First benchmark report', '/tutorials/benchmark'),
        page('Enter your method', '/entering')] },
      { text: 'How-to', items: [page('Export a quantizer', '/quantizers'), page('Python', '/python'), page('Postgres', '/postgres'), page('Compute embeddings', '/embeddings'),
        page('Your own data', '/own-data'), page('External codes', '/external-codes'), page('Java', '/java'), page('Tune', '/tuning'),
        page('Use a GPU', '/devices'), page('Spark', '/spark'), page('Publish rankings', '/site'), page('Audit a table', '/audit-table'),
        page('Reproduce the paper', '/reproduce-the-paper')] },
      { text: 'Explanation', items: [page('What is measured', '/what-is-measured'), page('Statistics', '/statistics'), page('Limits', '/limits'),
        page('Duplicates', '/duplicates'), page('Interpretations', '/readings'), page('Determinism', '/determinism')] },
      { text: 'Reference', items: [page('Commands', '/reference/commands'), page('Settings and exit codes', '/commands'),
        page('Protocol files', '/reference/protocol'), page('Methods', '/methods'), page('Losses', '/losses'),
        page('Quantizers', '/quantizers-reference'), page('File formats', '/formats'), page('Images', '/images'),
        page('results.json', '/results-schema'), page('Model files', '/model-format')] },
      { text: 'Results', items: [page('Text embeddings', '/results/text-embeddings'), page('CIFAR-10', '/results/cifar10'),
        page('NUS-WIDE', '/results/nus-wide'), page('Claims of the paper', '/claims'), page('Errata', '/errata'),
        page('Learned features', '/learned-features'), page('Encoder or loss', '/encoder-or-loss'), page('Unseen classes', '/unseen'),
        page('Flatness', '/flatness')] },
      { text: 'Project', items: [page('Architecture', '/architecture'), page('Testing', '/testing')] },
    ],
  },
})

// Builds dist/: one style sheet, one optional script and one icon, each named by the hash of its bytes and
// beside it as brotli and gzip. crates/web/build.rs embeds what is here.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import * as esbuild from 'esbuild'
import * as sass from 'sass'

const here = fileURLToPath(new URL('.', import.meta.url))
const dist = `${here}dist/`
const brand = JSON.parse(readFileSync(`${here}src/brands/${process.env.WAYMARK_BRAND ?? 'waymark'}.json`, 'utf8'))

// The licence of govuk-frontend asks for its notice in every copy.
const notice = '/*! With parts of govuk-frontend 6.6.0, Copyright (c) 2011 Crown Copyright (Government Digital Service), MIT licence */\n'

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist, { recursive: true })
emit('waymark', 'css', notice + await styles())
emit('waymark', 'js', notice + await script())
emit('icon', 'svg', readFileSync(`${here}src/icon.svg`, 'utf8').trim())

async function styles () {
  const source = settings() + readFileSync(`${here}src/waymark.scss`, 'utf8')
  const { css } = sass.compileString(source, {
    url: new URL('src/entry.scss', import.meta.url),
    importers: [ownBrand()],
    loadPaths: [`${here}node_modules`, `${here}src`],
    quietDeps: true
  })
  const { code } = await esbuild.transform(plainFirst(repaint(css)), { loader: 'css', minify: true, target: 'es2015' })
  return code
}

async function script () {
  const { outputFiles } = await esbuild.build({
    entryPoints: [`${here}src/waymark.mjs`],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2017',
    legalComments: 'none',
    write: false
  })
  return outputFiles[0].text
}

// govuk-frontend's settings must be given before any of its modules is loaded.
function settings () {
  const colours = Object.entries(brand.colours).map(([name, value]) => `${JSON.stringify(name)}: ${value}`)
  return `@use "govuk-frontend/dist/govuk/settings" with (
    $govuk-font-family: (${brand.fonts.join(', ')}),
    $govuk-functional-colours: (${colours.join(', ')})
  );
  @use "govuk-frontend/dist/govuk/components/button/settings" as button-settings with (
    $govuk-button-background-colour: ${brand.own.action}
  );\n`
}

// `@use "../brand"` in our own parts: the same values as Sass variables.
function ownBrand () {
  const url = new URL('brand:own')
  return {
    canonicalize: (asked) => /(^|\/)brand$/.test(asked) ? url : null,
    load: () => ({
      syntax: 'scss',
      contents: Object.entries(brand.own).map(([name, value]) => `$${name}: ${value};`).join('\n')
    })
  }
}

// Some components take shades of the palette, which has no setting, instead of a functional colour.
function repaint (css) {
  return css.replace(/#[0-9a-f]{6}\b/gi, (colour) => brand.palette[colour.toLowerCase()] ?? colour)
}

// A browser without custom properties drops `color: var(--x, #abc)`; give it the literal in a line of its own.
function plainFirst (css) {
  const declaration = /^(\s*)([a-z-]+):([^;{}]*var\(--[\w-]+,\s*[^()]+\)[^;{}]*);/gm
  return css.replace(declaration, (whole, indent, property, value) => {
    const plain = value.replace(/var\(--[\w-]+,\s*([^()]+)\)/g, '$1')
    return `${indent}${property}:${plain};${whole.startsWith('\n') ? '' : '\n'}${whole}`
  })
}

function emit (name, extension, text) {
  const bytes = Buffer.from(text)
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
  const file = `${dist}${name}-${hash}.${extension}`
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } })
  const gzip = gzipSync(bytes, { level: 9 })
  writeFileSync(file, bytes)
  writeFileSync(`${file}.br`, brotli)
  writeFileSync(`${file}.gz`, gzip)
  process.stdout.write(`${name}.${extension}: ${bytes.length} bytes, ${gzip.length} gzip, ${brotli.length} brotli\n`)
}

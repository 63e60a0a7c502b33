// Package page writes a page of HTML in which every text is escaped: only constants of the program stand there as they
// are. The compiler holds it: the type of markup has no name outside of this package, and only a constant becomes one
// without being converted.
package page

import (
	"bytes"
	_ "embed"
	"strings"
)

//go:embed style.css
var style fixed

// fixed is markup that the program itself has.
type fixed string

// hole is where a text goes, in fixed markup: between tags, or inside the quotes of an attribute such as class. Texts
// are not escaped for addresses, styles and scripts: the page has none.
const hole = "{}"

// escaper is for both of these places. NUL and + are written as html/template writes them: a browser drops the one, and
// if it takes the page for UTF-7 it reads markup behind the other.
var escaper = strings.NewReplacer(`"`, "&#34;", "'", "&#39;", "&", "&amp;", "<", "&lt;", ">", "&gt;", "+", "&#43;",
	"\x00", "\uFFFD")

// Page is a page as it is written.
type Page struct{ b bytes.Buffer }

// Begin is a page up to the beginning of its body. It runs nothing and fetches nothing.
func Begin(title string) *Page {
	p := &Page{}
	p.Line("<!DOCTYPE html>")
	p.Line(`<html lang="en">`)
	p.Line("<head>")
	p.Line(`<meta charset="utf-8">`)
	p.Line(`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`)
	p.Line(`<meta name="viewport" content="width=device-width, initial-scale=1">`)
	p.Line(`<meta name="color-scheme" content="light">`)
	p.Line("<title>{}</title>", title)
	p.Put("<style>\n" + style)
	p.Line("</style>")
	p.Line("</head>")
	p.Line("<body>")
	return p
}

// End is the whole page. The empty lines behind it have always been there: the same report stays the same file.
func (p *Page) End() []byte {
	p.Line("</body>")
	p.Line("</html>\n\n\n\n\n\n")
	return p.b.Bytes()
}

// Put writes markup, with the texts in its holes. A text too many stands behind it, and a hole too many stays.
func (p *Page) Put(markup fixed, texts ...string) {
	rest := string(markup)
	for _, text := range texts {
		before, after, _ := strings.Cut(rest, hole)
		p.b.WriteString(before)
		p.b.WriteString(escaper.Replace(text))
		rest = after
	}
	p.b.WriteString(rest)
}

// Line is Put and the end of a line.
func (p *Page) Line(markup fixed, texts ...string) { p.Put(markup+"\n", texts...) }

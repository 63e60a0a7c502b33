package report

import (
	"cmp"
	"time"

	"marsfix/steps/screen"
	"marsfix/steps/selfcheck"
)

func (p sheet) changes(cs []Change) {
	p.Line("<h2>What marsfix did on this computer</h2>")
	if len(cs) == 0 {
		p.Line("<p>Nothing.</p>")
	}
	for _, c := range cs {
		from := "program"
		if c.To != "" {
			from = "from"
		}
		p.Line(`<table class="facts">`)
		p.Line(`<tr class="lead"><th>{}</th><td><strong>{}</strong>: <span class="{}">{}</span></td></tr>`,
			clock(c.Time), screen.UpperFirst(c.What), outcomeTone(c.Outcome), c.Outcome)
		p.path(from, c.From)
		p.path("to", c.To)
		p.fact("size", sizeExact(c.Size))
		p.path("SHA-256", c.SHA256)
		p.Line("</table>")
	}
}

func (p sheet) services(ss []Service) {
	if len(ss) == 0 {
		return
	}
	p.Line("<h2>Services</h2>")
	p.Line("<table>")
	p.Line(`<tr><th class="wide">service</th><th>before</th><th>after the upgrade</th></tr>`)
	for _, s := range ss {
		p.Put("<tr><td>{}", s.Name)
		if s.Display != "" && s.Display != s.Name {
			p.Put(`<br><span class="quiet">{}</span>`, s.Display)
		}
		p.Line("</td><td>{}</td><td>{}</td></tr>", cmp.Or(s.Before, "not checked"), cmp.Or(s.After, "not checked"))
	}
	p.Line("</table>")
}

func (p sheet) checks(cs []selfcheck.Check) {
	if len(cs) == 0 {
		return
	}
	p.Line("<h2>Self-check: what marsfix needs of this computer</h2>")
	if why := selfcheck.Untried(cs); why != "" {
		p.Line("<p>Not tried: {}.</p>", why)
		return
	}
	p.Line("<table>")
	p.Line(`<tr><th>check</th><th class="wide">result</th></tr>`)
	for _, c := range cs {
		p.Put("<tr><td>{}</td><td>", c.Title())
		switch {
		case c.OK:
			p.Put(`<span class="good">ok</span>`)
		case c.Looked:
			p.Put(`<strong class="bad">failed</strong>: {}<br><span class="quiet">{}</span>`, c.Why, c.Means)
		default:
			p.Put(`<span class="warn">not tried</span>: {}`, c.Why)
		}
		p.Line("</td></tr>")
	}
	p.Line("</table>")
}

func (p sheet) packages(ps []Package) {
	if len(ps) == 0 {
		return
	}
	p.Line("<h2>Files</h2>")
	for _, f := range ps {
		p.Line(`<table class="facts">`)
		p.Put(`<tr class="lead"><th>{}</th><td><code>{}</code>`, f.Role, f.Path)
		switch {
		case f.Unseen:
			p.Put(` <span class="quiet">could not be checked</span>`)
		case !f.Exists:
			p.Put(` <strong class="bad">is missing</strong>`)
		}
		p.Line("</td></tr>")
		p.fact("size", sizeExact(f.Size))
		p.fact("written", Piece(f.Written, time.DateTime))
		p.path("SHA-256", f.SHA256)
		p.path("package code", f.PackageCode)
		p.path("product code", f.ProductCode)
		p.fact("version", f.Version)
		p.fact("signature", f.Signature)
		p.fact("remark", f.Remark)
		p.Line("</table>")
	}
}

func (p sheet) missing(fs []NamedFile) {
	if len(fs) == 0 {
		return
	}
	p.Line("<h2>Other products that have lost their cached package</h2>")
	p.Line("<p>marsfix has not changed them.</p>")
	p.Line("<table>")
	p.Line(`<tr><th class="wide">product</th><th>missing cached package</th></tr>`)
	for _, f := range fs {
		p.Line("<tr><td>{}</td><td><code>{}</code></td></tr>", f.Name, f.LocalPackage)
	}
	p.Line("</table>")
}

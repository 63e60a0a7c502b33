package logscan

import (
	"context"
	"strconv"
	"strings"
)

// sources follows whose source Windows Installer looks for: that of the product, or, behind "Resolving Patch source",
// that of a patch, whose list of sources it calls a product's as well.
type sources struct {
	patch bool
	list  bool // the patch's list has been begun
}

// line takes the session's next line.
func (s *sources) line(text string) {
	switch {
	case strings.HasPrefix(text, "Resolving Patch source"):
		*s = sources{patch: true}
	case strings.Contains(text, "SOURCEMGMT: Looking for sourcelist for product "):
		*s = sources{patch: s.patch && !s.list, list: true}
	case strings.Contains(text, "******* RunEngine:"):
		*s = sources{}
	}
}

// product reports whether a line tells that the product's own source is lost; told: it names a code that says so of
// some source. A result is the product's, except 1635.
func (s *sources) product(text string, told bool) bool {
	if told {
		return !strings.Contains(text, strconv.Itoa(noPatch))
	}
	return !s.patch && strings.Contains(text, string(patchNeedles[findResolve]))
}

// A session whose own package cannot be opened, or is none, ends with one of these
// (https://learn.microsoft.com/windows/win32/msi/error-codes).
const (
	notOpened = 1619
	notValid  = 1620
)

// unreadCodes are the errors of Windows Installer that mean, of a file that they name, that it is not there or cannot
// be used (https://learn.microsoft.com/windows/win32/msi/windows-installer-error-messages). 2318, "File does not
// exist", is not among them: it stands in every log of an installation, of the name under which the package will be
// cached.
var unreadCodes = [...]int{1101, 1305, 1309, 1311, 1314, 1316, 1330, 1332, 1334, 1335, noSource, notOpened, notValid,
	noPatch, 1636, noValidSource, 1718, 2203, 2219, 2220, 2324, 2755}

// unreadWords say the same in English.
var unreadWords = [...]string{"be opened", "not open", "n't open", "failed to open", "unable to open", "is missing",
	"not found", "not find", "n't find", "be found", "not exist", "corrupt", "be read", "not read", "n't read",
	"failed to read", "unable to read", "read from", "not a valid", "is invalid", "inaccessible", "not accessible"}

// unread notes a line that calls a cached file lost or unusable, unless a warning of this log names that file.
func (x *reader) unread(l Line, rest string) {
	if x.out.File != "" {
		return
	}
	file := cachedIn(rest)
	switch {
	case file == "":
	case strings.Contains(rest, "******* Product: "):
		x.own = l
	case isUnread(rest, file) && !namesLost(rest) && !x.log.names(file):
		x.out.Unread, x.out.File = l, file
	}
}

// unreadMost is how many characters before its end, or its result, a session that names its package is searched for
// such lines: what stops a session stands there.
const unreadMost = 256 << 10

// searchUnread looks for such a line, from the offset from up to the offset to, among those that name a cached file.
func (x *reader) searchUnread(ctx context.Context, p *Pager, from, to int64) error {
	return x.search(ctx, p, from, to, p.patterns(cacheFolder), func(l Line) {
		rest, _ := engineText(l.Text)
		x.unread(l, rest)
	})
}

// searchAltered looks for a warning that the scan has not known, among the last lines before the offset to, which are
// not read: copying has changed its words, and what it names may still be lost. What people copy is short: a log of
// more than a megabyte was not copied by hand, and the search would take a twentieth of all the time.
func (x *reader) searchAltered(ctx context.Context, p *Pager, to int64) (d Doubt, err error) {
	const longest, most = 1 << 20, 64 << 10 // bytes of the log, and characters of its end
	if p.size > longest {
		return NoDoubt, nil
	}
	words := append(p.patterns(missingWords), p.patterns(patchWords)...) // rarer than the cache's folder
	err = x.search(ctx, p, max(0, to-int64(most*p.head.width())), to, words, func(l Line) {
		if isAltered(l.Text) {
			d = Altered
		}
	})
	return d, err
}

// search calls g with the last lines that hold one of the patterns, from the offset from up to the offset to.
func (x *reader) search(ctx context.Context, p *Pager, from, to int64, patterns []pattern, g func(Line)) error {
	from = max(from, to-int64(unreadMost*p.head.width()))
	f := finder{p: p, window: x.window, patterns: patterns}
	return f.lines(ctx, from, to, x.log.told, g)
}

// What stands behind the name of a cached file in the warning of a lost package, and in the line of a lost patch.
const (
	missingWords = " is missing"
	patchWords   = ". Looking for it"
)

// isAltered reports whether a line says that of a cached file, and has other words before it.
func isAltered(text string) bool {
	file := cachedIn(text)
	if file == "" || namesLost(text) {
		return false
	}
	_, behind, _ := strings.Cut(text, file)
	behind = behind[:min(len(behind), 2*len(patchWords))]
	return strings.Contains(behind, missingWords) || strings.Contains(behind, patchWords)
}

// told reports whether what stands at an offset, in mode m, is the file of a warning that the scan has read.
func (l PatchLog) told(at int64, m mode) bool {
	for _, list := range [...][]Warning{l.Named, l.Patches} {
		for _, w := range list {
			if most := len("Warning: The package code in the cached package '") + len(w.Path); at > w.At &&
				at < w.At+int64(most*m.width()) {
				return true
			}
		}
	}
	return false
}

// isUnread reports whether a line says of the file that it names that it is lost or cannot be used.
func isUnread(text, file string) bool {
	if file != "" {
		text = strings.ReplaceAll(text, file, "")
	}
	for _, begin := range silentLines {
		if begin != "Note: 1: " && strings.HasPrefix(text, begin) {
			return false
		}
	}
	if note, ok := strings.CutPrefix(text, "Note: 1: "); ok {
		code, _ := leadingCode(note)
		return isUnreadCode(code)
	}
	for n := range codesIn(text) {
		if isUnreadCode(n.value) {
			return true
		}
	}
	folded := fold(text)
	for _, words := range unreadWords {
		if strings.Contains(folded, words) {
			return true
		}
	}
	return false
}

func isUnreadCode(code int) bool {
	for _, c := range unreadCodes {
		if c == code {
			return true
		}
	}
	return false
}

// names reports whether a warning names the file.
func (l PatchLog) names(file string) bool {
	for _, list := range [...][]Warning{l.Named, l.Patches, l.Suspicious} {
		for _, w := range list {
			if equalFold(w.Path, file) {
				return true
			}
		}
	}
	return false
}

// cacheFolder is how the folder of the cached files is called, without case, between others.
const cacheFolder = `\installer\`

// longestWindows is how many bytes the path of a Windows folder may have.
const longestWindows = 256

// cachedIn is the first .msi or .msp right in the folder Installer of a Windows folder, "C:\\Windows" or "D:\\WINNT",
// that a text names, whatever it is called; empty without one.
func cachedIn(text string) string {
	if !strings.Contains(text, `:\`) {
		return "" // most lines name no path at all
	}
	folded := fold(text)
	for from := 0; ; {
		at := strings.Index(folded[from:], cacheFolder)
		if at < 0 {
			return ""
		}
		at += from
		from = at + len(cacheFolder)
		near := max(0, at-longestWindows) // the bound keeps a line full of folders as cheap as any other
		drive := near + strings.LastIndex(text[near:at], `:\`)
		name := folded[from:]
		if bad := strings.IndexAny(name, `\/:*?"<>|'`); bad >= 0 {
			name = name[:bad]
		}
		end := max(strings.Index(name, ".msi"), strings.Index(name, ".msp"))
		if drive < max(near, 1) || !isLetter(text[drive-1]) || end < 1 || !strings.HasPrefix(folded[drive+2:at], "win") ||
			strings.Contains(folded[drive+2:at], `\`) {
			continue
		}
		return text[drive-1 : from+end+len(".msi")]
	}
}

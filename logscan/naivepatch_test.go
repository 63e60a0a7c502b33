package logscan

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	plainNeedle = regexp.MustCompile(`Warning: Local cached package|Warning: The package code in the cached package|Couldn't find local patch|=== Verbose logging started: |MainEngineThread is returning |Failed to resolve source`)
	plainID     = regexp.MustCompile(`^[A-Za-z]:\\(?:` + anyCase("Windows") + `|` + anyCase("WINNT") + `)\\` +
		anyCase("Installer") + `\\([0-9A-Fa-f]{1,16})\.` + anyCase("msi") + `$`)
	plainBare     = regexp.MustCompile(`(?s)^([^']*?) is missing(.*)$`)
	plainBareTail = regexp.MustCompile(`^(?:\.?$|\.[^.\\/0-9A-Za-z])`)
	plainOpen     = regexp.MustCompile(`(?s)^[ \t]*'(.*)$`)
	plainClosed   = regexp.MustCompile(`(?s)^([^']*)'(.*)$`)
	plainOpenEnd  = regexp.MustCompile(`(?s)^(.*\.[Mm][Ss][IiPp])$`)
	plainCutEnd   = regexp.MustCompile(`(?s)^(.*\.[Mm][Ss][Ii])(?: | i| is| is | is m| is mi| is mis| is miss| is missi| is missin)$`)
	plainCode     = regexp.MustCompile(`^\d+`)
	plainBegun    = regexp.MustCompile(`^(?:\d+[xX]|0[oO]|(?:[1-9]\d{0,2}|0\d{1,2})(?:[A-Za-z]|[ ,.]\d))`)
	plainClock    = regexp.MustCompile(`\[(\d\d:\d\d:\d\d:\d\d\d)\]`)
	plainHeader   = regexp.MustCompile(`(?s)^(.*?)(?:===|Build type:|$)`)
	plainProcess  = regexp.MustCompile(`(?s)Build type:.*?Calling process:(.*?)(?: ===|$)`)
	plainKinds    = map[Kind]*regexp.Regexp{
		Missing:       regexp.MustCompile(`^ is missing`),
		NotStorage:    regexp.MustCompile(`^ could not be opened as a storage file`),
		NoPackageCode: regexp.MustCompile(`^ does not contain valid package code`),
	}
)

func anyCase(word string) string {
	var b strings.Builder
	for _, c := range word {
		b.WriteString("[" + strings.ToUpper(string(c)) + strings.ToLower(string(c)) + "]")
	}
	return b.String()
}

// plainName reads the name behind a warning's first words; lost: the log ends within it.
func plainName(rest string, kind Kind, cut bool) (path string, at int, k Kind, lost bool) {
	open := plainOpen.FindStringSubmatchIndex(rest)
	if open == nil {
		path = strings.TrimSpace(rest)
		return path, strings.Index(rest, path), Cut, cut && path == ""
	}
	at = open[2]
	body := rest[at:]
	if m := plainBare.FindStringSubmatch(body); kind == Cut && m != nil && plainBareTail.MatchString(m[2]) {
		return m[1], at, Missing, false
	}
	if m := plainClosed.FindStringSubmatch(body); m != nil {
		for k, words := range plainKinds {
			if kind == Cut && words.MatchString(m[2]) {
				return m[1], at, k, false
			}
		}
		return m[1], at, kind, false
	}
	if m := plainCutEnd.FindStringSubmatch(body); m != nil && cut {
		return m[1], at, kind, false
	}
	return body, at, kind, cut && !plainOpenEnd.MatchString(body)
}

type plainScan struct {
	log                        PatchLog
	named, suspicious, patches []Warning
}

func plainPatch(data []byte, from int64) PatchLog {
	var s plainScan
	head := data[:min(len(data), headSize)]
	s.log = PatchLog{Size: int64(len(data)), Encoding: encodingOf(head, detect(head))}
	for _, mark := range []string{"\xFF\xFE", "\xFE\xFF", "\xEF\xBB\xBF"} {
		if bytes.HasPrefix(data, []byte(mark)) {
			head = head[len(mark):]
		}
	}
	s.log.Blank = regexp.MustCompile(`^[\x00\t-\r ]*$`).Match(append(head, data[min(len(data), headSize):]...))
	lines := plainLines(data)
	for _, l := range lines {
		s.log.Lines++
		s.line(l, from)
	}
	s.log.Named = plainNewest(s.named, func(w Warning) string { return strings.ToLower(w.ID) })
	s.log.Patches = plainNewest(s.patches, func(w Warning) string { return fold(w.Path) })
	s.log.Suspicious = plainNewest(s.suspicious, func(w Warning) string { return strconv.FormatInt(w.At, 10) })
	return s.log
}

func plainNewest(all []Warning, key func(Warning) string) (kept []Warning) {
	seen := map[string]bool{}
	for _, w := range slices.Backward(all) {
		if k := key(w); !seen[k] && len(kept) < MaxNamed {
			seen[k] = true
			kept = append(kept, w)
		}
	}
	return kept
}

func (s *plainScan) line(l plainLine, from int64) {
	found := plainNeedle.FindAllStringIndex(l.text, -1)
	left := len(l.text) - len(strings.TrimLeft(l.text, "\x00\uFEFF"))
	text := strings.TrimRight(l.text, "\x00\r")
	cut := !l.ended
	for i, at := range found {
		if l.offset(at[0]) < from {
			continue
		}
		if l.ansi && s.log.Encoding == UTF8 {
			s.log.Encoding = ANSI
		}
		line := Line{Number: l.number, Offset: int64(l.start), Text: text[left:], Unended: cut}
		s.match(l, line, at, plainBehind(text, found, i), left, cut && i == len(found)-1)
	}
}

// plainBehind is what stands behind the match i of a line's text, up to the next one.
func plainBehind(text string, found [][]int, i int) string {
	if i+1 < len(found) {
		return text[found[i][1]:found[i+1][0]]
	}
	return text[found[i][1]:]
}

func (s *plainScan) match(l plainLine, line Line, at []int, rest string, left int, cut bool) {
	needle := l.text[at[0]:at[1]]
	out := &s.log.LastSession
	fail := func() {
		if out.Error == (Line{}) {
			out.Error = line
		}
	}
	w := Warning{Line: line, Session: s.log.Sessions, At: l.offset(at[0])}
	for _, m := range plainClock.FindAllStringSubmatch(l.text[:at[0]], -1) {
		w.Time = m[1]
	}
	kind := Cut
	switch needle[:5] {
	case "=== V":
		s.session(line, rest)
		return
	case "MainE":
		if n, err := strconv.ParseUint(plainCode.FindString(rest), 10, 32); err == nil &&
			!plainBegun.MatchString(rest) {
			out.Code, out.HasCode, out.CodeAt = int(n), true, l.offset(at[0])
			out.ClientAt = 0
			if isClient(l.text[max(0, at[0]-longestEngine):at[0]]) {
				out.ClientAt = line.Offset
			}
			if slices.Contains([]uint64{1612, 1635, 1706, 1714}, n) {
				fail()
			}
		}
		return
	case "Faile":
		fail()
		return
	case "Could":
		kind = LostPatch
	}
	if strings.Contains(needle, "code") {
		kind = OtherPackageCode
	}
	out.Warnings++
	if kind == LostPatch {
		out.Patches++
	}
	var lost bool
	var off int
	if w.Path, off, w.Kind, lost = plainName(rest, kind, cut); lost {
		return
	}
	w.NameAt, w.NameLen = at[1]-left+off, len(w.Path)
	id := plainID.FindStringSubmatch(w.Path)
	switch {
	case kind == LostPatch:
		s.patches = append(s.patches, w)
	case id == nil:
		s.suspicious = append(s.suspicious, w)
		s.log.SuspiciousCount++
	default:
		w.ID = id[1]
		s.named = append(s.named, w)
		s.log.Warnings++
	}
}

func (s *plainScan) session(line Line, rest string) {
	s.log.Sessions++
	if o := s.log.LastSession; o.HasCode && Good(o.Code) && o.Warnings == 0 && o.Error.Number == 0 {
		s.log.Through = append(s.log.Through, o.CodeAt)
		s.log.Through = s.log.Through[max(0, len(s.log.Through)-maxThrough):]
	}
	s.log.LastSession = Outcome{}
	s.log.Last = Session{Number: s.log.Sessions, Line: line,
		Started: strings.TrimSpace(plainHeader.FindStringSubmatch(rest)[1])}
	if m := plainProcess.FindStringSubmatch(rest); m != nil {
		s.log.Last.Process = strings.TrimSpace(strings.TrimRight(strings.TrimSpace(m[1]), "="))
	}
}

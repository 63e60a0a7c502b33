package logscan

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// stampShape is the beginning of a line of the set-up log: process and thread in hex, then the time without a year, any
// white space between.
var stampShape = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:\b([0-9A-Fa-f]{1,8})\s+[0-9A-Fa-f]{1,8}\s+)?\b((\d\d)/(\d\d)\s+(\d\d):(\d\d):(\d\d)\.(\d\d\d))\b`)
})

// slack is how far a stamp may lie ahead of the file's time written: its zone is unknown, and clocks differ.
const slack = 48 * time.Hour

// stamp is when a line was written, and by whom.
type stamp struct {
	pid  int
	text string
	when time.Time
}

// readStamp reads the last stamp in text; the zero stamp if there is none. A stamp that is no date keeps its text,
// in which one blank stands between date and time.
func readStamp(text string, written time.Time) (s stamp) {
	all := stampShape().FindAllStringSubmatch(text, -1)
	if len(all) == 0 {
		return stamp{}
	}
	m := all[len(all)-1]
	if pid, err := strconv.ParseUint(m[1], 16, 31); err == nil {
		s.pid = int(pid)
	}
	s.text = strings.Join(strings.Fields(m[2]), " ")
	var n [6]int
	for i := range n {
		n[i] = digits(m[3+i])
	}
	s.when = yearOf(n, written)
	return s
}

// digits is the value of at most three decimal digits.
func digits(text string) (n int) {
	for _, c := range []byte(text) {
		n = 10*n + int(c-'0')
	}
	return n
}

// yearOf gives a stamp (month, day, hour, minute, second, millisecond) its year: that of the time written, or the year before
// if the stamp would lie more than 48 hours after it. The zero time if it is no date in that year.
//
// All stamps are read in the one offset that the time written has. Their own zone is not known, and in one with summer time the hour that a
// clock skips would be read as another.
func yearOf(n [6]int, written time.Time) time.Time {
	_, offset := written.Zone()
	zone := time.FixedZone("", offset)
	for year := written.Year(); year >= written.Year()-1; year-- {
		when := time.Date(year, time.Month(n[0]), n[1], n[2], n[3], n[4], n[5]*int(time.Millisecond), zone)
		if !isDate(year, n) || when.After(written.Add(slack)) {
			continue
		}
		return when
	}
	return time.Time{}
}

// isDate tells whether the fields are a time of a day that the year has.
func isDate(year int, n [6]int) bool {
	day := time.Date(year, time.Month(n[0]), n[1], 0, 0, 0, 0, time.UTC)
	return n[0] >= 1 && n[0] <= 12 && day.Day() == n[1] && n[2] < 24 && n[3] < 60 && n[4] < 60
}

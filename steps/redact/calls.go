package redact

import "strings"

// call is a function of Windows that takes a password, as programs log that they call it.
type call struct {
	name   string // in lower case, without the A or W at its end
	before int    // how many arguments stand before the password
}

var calls = []call{
	{"logonuser", 2}, {"wnetaddconnection2", 2}, {"simple_bind_s", 2}, {"createprocesswithlogon", 2},
	{"credentials", 1}, {"sp_addlogin", 1}, {"ldap_bind", 2},
}

// find is the password that a call hands over: LogonUser(bob, CORP, x, 3, 0).
func (c call) find(t text, at int) []part {
	end := at + len(c.name)
	if end < len(t.s) && (t.low[end] == 'a' || t.low[end] == 'w') {
		end++
	}
	if end >= len(t.s) || t.s[end] != '(' && blankAt(t.s, end) == 0 {
		return nil
	}
	end++
	for seen := 0; end < len(t.s); seen++ {
		from := skipBlanks(t.s, end)
		to := from
		v, isQuoted := quoted(t.s, from)
		if isQuoted {
			from = v.from
			to, _ = v.end(t.s, from+longestName)
			end = to + len(v.mark)
		} else {
			for to < len(t.s) && to-from < longestName && strings.IndexByte(",)", t.s[to]) < 0 {
				to++
			}
			end = to
		}
		if seen == c.before {
			word := t.s[from:to]
			if isQuoted && word != "" && !masked(word) || spelled(word) && !strings.Contains(word, " ") {
				return only(part{from: from, to: to})
			}
			return nil
		}
		if end >= len(t.s) || t.s[end] != ',' {
			return nil
		}
		end++
	}
	return nil
}

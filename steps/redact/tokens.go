package redact

import "strings"

// prefixes are what issuers begin their tokens with, and how many characters follow at least, of letters, digits, _ and
// -. They are taken from the rules of gitleaks (config/gitleaks.toml, MIT License, Copyright (c) 2019 Zachary Rice),
// from those of them that need nothing but the token itself. Its other rules look for the name of one of some hundred
// services and for a secret near it: names.go knows such names, and logs of an installer on a server hold few of those
// services.
var prefixes = []prefix{
	{"ghp_", 30}, {"gho_", 30}, {"ghu_", 30}, {"ghs_", 30}, {"ghr_", 30}, {"github_pat_", 60},
	{"glpat-", 20}, {"gldt-", 20}, {"glrt-", 20}, {"glptt-", 20}, {"gloas-", 20}, {"glsoat-", 20}, {"glcbt-", 20},
	{"xoxb-", 16}, {"xoxp-", 16}, {"xoxa-", 16}, {"xoxr-", 16}, {"xoxs-", 16}, {"xoxe-", 16}, {"xapp-", 16},
	{"AKIA", 16}, {"ASIA", 16}, {"ABIA", 16}, {"ACCA", 16}, {"AIza", 35},
	{"sk_live_", 10}, {"sk_test_", 10}, {"rk_live_", 10}, {"rk_test_", 10},
	{"npm_", 36}, {"pypi-", 50}, {"dop_v1_", 40}, {"doo_v1_", 40}, {"dor_v1_", 40},
	{"shpat_", 32}, {"shpss_", 32}, {"SG.", 40}, {"hvs.", 40}, {"hvb.", 40},
	{"sk-ant-", 40}, {"sk-proj-", 40}, {"hf_", 34}, {"glc_", 32}, {"glsa_", 32}, {"dapi", 32},
	{"AGE-SECRET-KEY-1", 50}, {"lin_api_", 40}, {"NRAK-", 27},
	{"glft-", 20}, {"glffct-", 20}, {"glimt-", 25}, {"glagent-", 40}, {"dckr_pat_", 20}, {"dckr_oat_", 20},
	{"PMAK-", 50}, {"rubygems_", 48}, {"pul-", 40}, {"sntryu_", 60}, {"sntrys_", 40}, {"ya29.", 30}, {"oy2", 43},
	{"shpca_", 32}, {"shppa_", 32}, {"ntn_", 40}, {"pplx-", 40}, {"xkeysib-", 60}, {"HRKU-AA", 50}, {"sq0atp-", 22},
	{"sq0csp-", 40}, {"ATATT3", 60}, {"GOCSPX-", 20}, {"whsec_", 30}, {"sk_prod_", 10}, {"rk_prod_", 10},
	{"sk-svcacct-", 40}, {"sk-admin-", 40}, {"figd_", 30}, {"LTAI", 20}, {"dt0c01.", 80}, {"rdme_", 60}, {"tfp_", 50},
	{"EZAK", 54}, {"EZTK", 54}, {"duffel_live_", 40}, {"pscale_tkn_", 32}, {"pscale_pw_", 32}, {"shippo_live_", 40},
}

type prefix struct {
	begins string
	least  int
}

// find is the token that begins at a place.
func (p prefix) find(t text, at int) []part {
	end := at + len(p.begins)
	if !strings.HasPrefix(t.s[at:], p.begins) || !wordStart(t.s, at) {
		return nil
	}
	for end < len(t.s) && (inName(t.s[end]) || t.s[end] == '-' || t.s[end] == '.' && strings.HasSuffix(p.begins, ".")) {
		end++
	}
	token := t.s[at+len(p.begins) : end]
	if len(token) < p.least || !strings.ContainsAny(token, "0123456789") {
		return upTo(end)
	}
	return only(part{from: at, to: end})
}

// jwt is a JSON web token, also one that is cut off.
func jwt(t text, at int) []part {
	if !strings.HasPrefix(t.s[at:], "eyJ") || !wordStart(t.s, at) {
		return nil
	}
	end := at
	for end < len(t.s) && (inName(t.s[end]) || strings.IndexByte("-.+/=", t.s[end]) >= 0) {
		end++
	}
	if end-at < 20 {
		return nil
	}
	return only(part{from: at, to: end})
}

// clientSecret is one that Azure's directory has issued: three characters, a digit, Q~ and 31 to 34 more (gitleaks,
// azure-ad-client-secret).
func clientSecret(t text, at int) []part {
	if at < 4 || t.s[at] != 'Q' || !isDigit(t.s[at-1]) {
		return nil
	}
	end := at + len("Q~")
	for end < len(t.s) && (inName(t.s[end]) || strings.IndexByte("~.-", t.s[end]) >= 0) {
		end++
	}
	if end-at < 31 {
		return nil
	}
	return only(part{from: at - 4, to: end})
}

// webhook is what follows the name of a chat service in the address of a channel: whoever knows it can write there.
func webhook(t text, at int) []part {
	from := at + strings.IndexByte(t.low[at:], '/')
	for _, kept := range []string{"/api/webhooks/", "/webhookb2/", "/webhook/", "/services/", "/workflows/", "/"} {
		if strings.HasPrefix(t.low[from:], kept) {
			from += len(kept)
			break
		}
	}
	end := from
	for end < len(t.s) && blankAt(t.s, end) == 0 && strings.IndexByte("\"'<>()[]{}\\,;|", t.s[end]) < 0 {
		end++
	}
	if end == from {
		return nil
	}
	return only(part{from: from, to: from + len(strings.TrimRight(t.s[from:end], ".:!?"))})
}

// botToken is one of Telegram's: digits, a colon and 35 characters that begin with AA.
func botToken(t text, at int) []part {
	from, to := at, at+1
	for from > 0 && isDigit(t.s[from-1]) && at-from < 16 {
		from--
	}
	for to < len(t.s) && (inName(t.s[to]) || t.s[to] == '-') && to-at < 40 {
		to++
	}
	if at-from < 8 || t.s[at+1:at+3] != "AA" || to-at != 36 {
		return nil
	}
	return only(part{from: from, to: to})
}

// crypts are what hashes of passwords begin with that crypt(3) makes: those of /etc/shadow and .htpasswd.
var crypts = []string{"$1$", "$5$", "$6$", "$7$", "$y$", "$gy$", "$2a$", "$2b$", "$2y$", "$apr1$", "$argon2"}

// crypt is such a hash, with its salt.
func crypt(t text, at int) []part {
	const least = 22 // bytes behind its kind: of MD5, which has the shortest
	if !wordStart(t.s, at) || !hasPrefix(t.s[at:], crypts) {
		return nil
	}
	end := at
	for end < len(t.s) && (inName(t.s[end]) || strings.IndexByte("$./,=+", t.s[end]) >= 0) {
		end++
	}
	hash := t.s[at:end]
	if len(hash) < least || strings.Count(hash, "$") < 3 || !random(strings.ReplaceAll(hash, "$", "")) {
		return upTo(end)
	}
	return only(part{from: at, to: at + len(strings.TrimRight(hash, ","))})
}

// ntHash is the hash of a password behind the one of none that Windows writes before it.
func ntHash(t text, at int) []part {
	const length = 32
	from := at + strings.IndexByte(t.s[at:], ':') + 1
	if from+length > len(t.s) || !hexOnly(t.s[from:from+length]) {
		return nil
	}
	return only(part{from: from, to: from + length})
}

// annotated is a key that Azure has issued since 2024: 84 characters, with JQQJ99 in the middle (Microsoft Security
// Utilities, "common annotated security keys").
func annotated(t text, at int) []part {
	const longest = 128
	from, to := at, at
	for from > 0 && base64Byte(t.s[from-1]) && t.s[from-1] != '=' && at-from < longest {
		from--
	}
	for to < len(t.s) && base64Byte(t.s[to]) && to-at < longest {
		to++
	}
	if t.s[at:at+len("JQQJ99")] != "JQQJ99" || to-from < 60 || to-from > longest {
		return nil
	}
	return only(part{from: from, to: to})
}

// hexBlob is what DPAPI has protected, as ConvertFrom-SecureString writes it, and PEM in base64, as kubectl has it.
func hexBlob(t text, at int) []part {
	end := at
	for end < len(t.s) && (isDigit(t.s[end]) || isLetter(t.s[end]) || strings.IndexByte("+/=|", t.s[end]) >= 0) {
		end++
	}
	return only(part{from: at, to: end})
}

// pem is what stands in a block of PEM, to its end or to that of the text.
func pem(t text, at int) []part {
	header := strings.Index(t.low[at+len("-----begin "):min(len(t.low), at+2*longestName)], "----")
	if header < 0 {
		return nil
	}
	from := at + len("-----begin ") + header
	for from < len(t.s) && t.s[from] == '-' {
		from++
	}
	block := t.low[from:]
	if next := strings.Index(block, "begin "); next >= 0 {
		block = block[:next]
	}
	for _, end := range []string{"-----end ", "---- end "} {
		if i := strings.Index(block, end); i >= 0 {
			return only(part{from: from, to: from + i})
		}
	}
	return only(part{from: from, to: from + wrapped(t.s[from:], true)})
}

// pemEnd is what stands before the end of a block of PEM whose beginning is not there.
func pemEnd(t text, at int) []part {
	from := at
	for from > 0 && (base64Byte(t.s[from-1]) || strings.IndexByte("\\`&#;%", t.s[from-1]) >= 0) {
		from--
	}
	return only(part{from: from, to: at})
}

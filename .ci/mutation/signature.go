package main

var (
	verdicts = "TestSignatureVerdicts|TestOnlyOfflineIsTriedAgain"
	gates    = "TestGateOf"
)

const (
	verdictFile = "steps/winmachine/verdict.go"
	gateFile    = "steps/computer/gate.go"
)

// signatureRows break what a signature means, and what it lets happen.
var signatureRows = []mutation{
	{"any root is Microsoft's", verdictFile, `f.signer == microsoft && f.microsoftRoot`, `f.signer == microsoft`,
		verdicts, ""},
	{"any name is Microsoft's", verdictFile, `f.signer == microsoft && f.microsoftRoot`, `f.microsoftRoot`,
		verdicts, ""},
	{"a revoked certificate is trusted", verdictFile, `return computer.SignRevoked`, `return computer.SignTrusted`,
		verdicts, ""},
	{"one kind of revoked is not known", verdictFile, `case certRevoked, cryptRevoked:`, `case certRevoked:`,
		verdicts, ""},
	{"an unknown root is trusted", verdictFile, `return computer.SignUntrusted`, `return computer.SignTrusted`,
		verdicts, ""},
	{"a changed file is only unchecked", verdictFile, `return computer.SignBroken`, `return computer.SignUnchecked`,
		verdicts, ""},
	{"distrust is only no trust", verdictFile, `return computer.SignDistrusted`, `return computer.SignUntrusted`,
		verdicts, ""},
	{"an expired certificate is trusted", verdictFile, `return computer.SignExpired`, `return computer.SignTrusted`,
		verdicts, ""},
	{"what nobody lists is trusted", verdictFile, `return computer.SignUnchecked`, `return computer.SignTrusted`,
		verdicts, ""},
	{"offline is good without a second look", verdictFile, `f = *again`, `f.code = trustOK`, verdicts, ""},
	{"the second look overrules every first", verdictFile, `offline(first.code) && again != nil`, `again != nil`,
		verdicts, ""},
	{"no revocation looked up is as good as one", verdictFile, `if !first.unrevoked {`, `if false {`, verdicts, ""},

	{"unsigned passes", gateFile, `SignNone:       {gateTyped`, `SignNone:       {gatePass`, gates, ""},
	{"another signer passes", gateFile, `SignOther:      {gateTyped`, `SignOther:      {gatePass`, gates, ""},
	{"unchecked passes", gateFile, `SignUnchecked:  {gateTyped`, `SignUnchecked:  {gatePass`, gates, ""},
	{"an untrusted signer passes", gateFile, `SignUntrusted:  {gateTyped`, `SignUntrusted:  {gatePass`, gates, ""},
	{"expired passes", gateFile, `SignExpired:    {gateTyped`, `SignExpired:    {gatePass`, gates, ""},
	{"changed is only typed for", gateFile, `SignBroken:     {gateRefuse`, `SignBroken:     {gateTyped`, gates, ""},
	{"revoked is only typed for", gateFile, `SignRevoked:    {gateRefuse`, `SignRevoked:    {gateTyped`, gates, ""},
	{"distrusted is only typed for", gateFile, `SignDistrusted: {gateRefuse`, `SignDistrusted: {gateTyped`, gates, ""},
	{"a check that failed is one that passed", gateFile, `State: SignUnchecked, unseen`,
		`State: SignTrusted, unseen`, gates, ""},
}

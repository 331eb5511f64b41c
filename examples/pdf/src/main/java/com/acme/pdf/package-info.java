/// Previews of PDF files from strangers. [com.acme.pdf.Preview] is the code that does the work,
/// [com.acme.pdf.Hostile] the files that break it, [com.acme.pdf.UntrustedFiles] the experiment:
/// the same files in worker processes and in threads. [com.acme.pdf.Invoices] is the same work as a
/// workload for `lab bench`.
@NullMarked
package com.acme.pdf;

import org.jspecify.annotations.NullMarked;

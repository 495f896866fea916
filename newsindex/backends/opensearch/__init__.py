"""An index on an OpenSearch cluster; nothing of OpenSearch is outside of this folder."""
